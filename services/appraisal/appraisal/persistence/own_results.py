"""Of which periods somebody awaits their own result: asked without saying whether it has been proposed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select

from appraisal.domain.obligation import EVALUATIONS, ObligationState, period_of
from appraisal.domain.periods import Period
from appraisal.domain.values import UNDISCLOSED
from appraisal.persistence.models import Evaluation, Obligation
from chassis.unit_of_work import Transaction

_AWAITED = (ObligationState.OPEN, ObligationState.DONE)


def units_awaited(tx: Transaction, person: UUID | None) -> Mapping[Period, frozenset[UUID]]:
    """Return the periods whose result somebody does not know yet, each with the units in which they are rated.

    It is awaited from the day on which it is owed until it is disclosed, proposed or not: an answer that came with the
    proposal would disclose the proposal.
    """
    if person is None:
        return {}
    owed = select(Obligation.subject, Obligation.unit_id).where(
        Obligation.employee_id == person, Obligation.kind.in_(EVALUATIONS), Obligation.state.in_(_AWAITED)
    )
    rated = select(Evaluation.year, Evaluation.quarter, Evaluation.month, Evaluation.unit_id, Evaluation.state)
    made = [
        (Period.of(year, quarter, month), unit, state in UNDISCLOSED)
        for year, quarter, month, unit, state in tx.session.execute(rated.where(Evaluation.employee_id == person))
    ]
    disclosed = {period for period, _, is_hidden in made if not is_hidden}
    awaited = [(period_of(subject), unit) for subject, unit in tx.session.execute(owed)]
    awaited += [(period, unit) for period, unit, is_hidden in made if is_hidden]
    return _by_period((period, unit) for period, unit in awaited if unit is not None and period not in disclosed)


def _by_period(awaited: Iterable[tuple[Period, UUID]]) -> dict[Period, frozenset[UUID]]:
    found: defaultdict[Period, set[UUID]] = defaultdict(set)
    for period, unit in awaited:
        found[period].add(unit)
    return {period: frozenset(units) for period, units in found.items()}
