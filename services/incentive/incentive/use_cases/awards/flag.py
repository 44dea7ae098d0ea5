"""Flag the awards whose evaluation has been corrected: two officers then review them."""

from collections.abc import Sequence

from chassis import audit, outbox
from chassis.unit_of_work import Transaction
from incentive.domain.predicate import ReceivedPredicate
from incentive.events import AwardEvidenceChanged
from incentive.persistence.awards import flag_awards


def flag_awards_on(tx: Transaction, corrected: Sequence[ReceivedPredicate]) -> None:
    """Nominations and granted awards whose evidence has another predicate by now."""
    for award in flag_awards(tx, {one.evaluation_id: one for one in corrected}):
        changed = AwardEvidenceChanged(award_id=award.id, employee_id=award.employee_id)
        outbox.record(tx, changed)
        audit.record(tx, "system", "flag_award", "employee", award.employee_id, award_id=award.id)
