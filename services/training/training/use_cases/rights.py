"""Who may see or do what with one person's training: self, appraiser, HR officer, inspector (reads only)."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, Forbidden, InvalidInput, NotFound
from chassis.unit_of_work import Transaction
from training.persistence import people
from training.persistence.models import Employee

WHOLE_AGENCY_READERS = ("hr_officer", "inspector")


def is_self(actor: Principal, employee_id: UUID) -> bool:
    return actor.employee_id is not None and actor.employee_id == employee_id


def is_appraiser(tx: Transaction, actor: Principal, employee_id: UUID) -> bool:
    person = people.employee(tx, employee_id)
    return actor.employee_id is not None and person is not None and person.appraiser_id == actor.employee_id


def person_or_404(tx: Transaction, employee_id: UUID) -> Employee:
    """The person, as personnel told; raises NotFound for other agencies' people and those not yet heard of."""
    found = people.employee(tx, employee_id)
    if found is None:
        raise NotFound(object="pegawai", id=employee_id)
    return found


def authorise_read(tx: Transaction, actor: Principal, employee_id: UUID, what: str) -> None:
    """Let self, appraiser, HR officer and inspector read, and note it; raises NotFound or Forbidden."""
    if not is_self(actor, employee_id):
        person_or_404(tx, employee_id)
        if not (actor.has(*WHOLE_AGENCY_READERS) or is_appraiser(tx, actor, employee_id)):
            raise Forbidden
    audit.record(tx, actor, f"{what}_read", "employee", employee_id)


def authorise_act(tx: Transaction, actor: Principal, employee_id: UUID, *, own: bool = True) -> None:
    """Let HR officer and appraiser act for the person; raises NotFound or Forbidden.

    Whether people may act for themselves is what `own` says, and no office changes that.
    """
    if is_self(actor, employee_id):
        if not own:
            raise Forbidden
        return
    person_or_404(tx, employee_id)
    if not (actor.has("hr_officer") or is_appraiser(tx, actor, employee_id)):
        raise Forbidden


def subject_of(actor: Principal, employee_id: UUID | None) -> UUID:
    """The person a request is about: the one it names, else the caller."""
    found = employee_id or actor.employee_id
    if found is None:
        raise InvalidInput(errors=[FieldError("employee_id", "required", None, "pengenal pegawai (UUID)")])
    return found


def units_in_view(tx: Transaction, actor: Principal, unit_id: UUID | None) -> set[UUID] | None:
    """The units whose sums the caller may see, narrowed to `unit_id` and below; None stands for the whole agency."""
    if actor.has(*WHOLE_AGENCY_READERS):
        return people.units_below(tx, unit_id) if unit_id else None
    roots = {actor.unit_id} if actor.unit_id else set()
    if actor.employee_id is not None:
        roots |= people.units_led_by(tx, actor.employee_id)
    allowed: set[UUID] = set().union(*(people.units_below(tx, root) for root in roots))
    if unit_id is None:
        return allowed
    if unit_id not in allowed:
        raise Forbidden
    return people.units_below(tx, unit_id)
