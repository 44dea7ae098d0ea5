"""Record that the decision of an objection breaks the pattern of a unit."""

from appraisal.domain.evaluation import Evaluation
from appraisal.persistence.periods import setting_of
from appraisal.use_cases.distributions.hold import foresee_distribution
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction
from directory.performance import Predicate


def record_decided_exception(tx: Transaction, actor: Principal, before: Evaluation, predicate: Predicate) -> None:
    """A decision is never blocked (PP 30/2019 Art. 59-60): what it breaks is an exception, with its own reasons.

    It needs no hold: with a rating at the same moment all is as if that had come first. The next rating is counted
    with it, and refused only where it makes the unit's distribution worse.
    """
    period = before.period
    rule = setting_of(tx, period).rules.distribution(period.last_day)
    guard = foresee_distribution(tx, rule, period, before.unit_id)
    for unit_id in guard.broken_by(before.unit_id, predicate, before.rating.predicate):
        ids = {"evaluation_id": before.id, "year": period.year, **period.parts}
        audit.record(tx, actor, "distribution_exceeded_by_decision", "org_unit", unit_id, **ids)
