"""Individual development plans (IDP): the employee drafts, the appraiser agrees; then only a revision changes it."""

from enum import StrEnum


class PlanState(StrEnum):
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    AGREED = "AGREED"
    SUPERSEDED = "SUPERSEDED"


class ItemState(StrEnum):
    PLANNED = "PLANNED"
    DONE = "DONE"


MOVES: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.SUBMITTED}),
    PlanState.RETURNED: frozenset({PlanState.SUBMITTED}),
    PlanState.SUBMITTED: frozenset({PlanState.AGREED, PlanState.RETURNED}),
    PlanState.AGREED: frozenset({PlanState.SUPERSEDED}),
    PlanState.SUPERSEDED: frozenset(),
}
EDITABLE = frozenset({PlanState.DRAFT, PlanState.RETURNED})


def may_move(state: PlanState, target: PlanState) -> bool:
    return target in MOVES[state]
