"""Who may see a suggestion; each use case asks here once."""

from uuid import UUID

from chassis.auth import Principal
from chassis.errors import Forbidden

WHOLE_AGENCY = ("hr_officer", "inspector")


def self_of(actor: Principal) -> UUID:
    """Return the employee behind an account. Raise Forbidden for a machine, which has none."""
    if actor.employee_id is None:
        raise Forbidden
    return actor.employee_id


def require_reader(actor: Principal, employee_id: UUID) -> None:
    """Allow the author, HR and inspectors."""
    if not (actor.has(*WHOLE_AGENCY) or actor.is_about(employee_id)):
        raise Forbidden


def visible_author(actor: Principal) -> UUID | None:
    """Return the person whose suggestions the caller may list; None for the whole agency."""
    return None if actor.has(*WHOLE_AGENCY) else self_of(actor)
