"""Working-condition reports and their way: RECEIVED -> TRIAGED -> IN_PROGRESS -> RESOLVED or REFERRED."""

from collections.abc import Mapping
from enum import StrEnum

from .errors import TicketMoveNotAllowed


class TicketKind(StrEnum):
    """ENVIRONMENT and HAZARD are about a place; PERSONAL is about what people did to a person, and never leaves."""

    ENVIRONMENT = "ENVIRONMENT"
    HAZARD = "HAZARD"
    PERSONAL = "PERSONAL"


class HazardCategory(StrEnum):
    """The fields of office safety and health (Permenkes 48/2016)."""

    SAFETY = "SAFETY"
    OCCUPATIONAL_HEALTH = "OCCUPATIONAL_HEALTH"
    ENVIRONMENT = "ENVIRONMENT"
    SANITATION = "SANITATION"
    ERGONOMICS = "ERGONOMICS"


class PersonalCategory(StrEnum):
    """Forms of harassment (after SE Gubernur DKI Jakarta 7/2021)."""

    PHYSICAL = "PHYSICAL"
    VERBAL = "VERBAL"
    GESTURE = "GESTURE"
    WRITTEN_GRAPHIC = "WRITTEN_GRAPHIC"
    PSYCHOLOGICAL = "PSYCHOLOGICAL"
    COERCION = "COERCION"


class Referral(StrEnum):
    """Where a report may be handed to. Who examines is decided outside this system."""

    WOMEN_CHILD_PROTECTION = "WOMEN_CHILD_PROTECTION"
    INSPECTORATE_WBS = "INSPECTORATE_WBS"
    PERSONNEL_AGENCY = "PERSONNEL_AGENCY"
    MEDICAL = "MEDICAL"
    POLICE = "POLICE"
    BUILDING_MANAGEMENT = "BUILDING_MANAGEMENT"


class TicketState(StrEnum):
    RECEIVED = "RECEIVED"
    TRIAGED = "TRIAGED"
    IN_PROGRESS = "IN_PROGRESS"
    RESOLVED = "RESOLVED"
    REFERRED = "REFERRED"


MOVES: Mapping[TicketState, tuple[TicketState, ...]] = {
    TicketState.RECEIVED: (TicketState.TRIAGED,),
    TicketState.TRIAGED: (TicketState.IN_PROGRESS, TicketState.REFERRED),
    TicketState.IN_PROGRESS: (TicketState.RESOLVED, TicketState.REFERRED),
    TicketState.RESOLVED: (),
    TicketState.REFERRED: (),
}
CLOSED = frozenset({TicketState.RESOLVED, TicketState.REFERRED})
MESSAGES_WAITING = 20


def move(state: TicketState, target: TicketState) -> TicketState:
    """Give the new state; raises TicketMoveNotAllowed, naming the steps there are."""
    if target not in MOVES[state]:
        possible = ", ".join(MOVES[state]) or "tidak ada, laporan sudah selesai"
        raise TicketMoveNotAllowed(state=state.value, target=target.value, possible=possible)
    return target
