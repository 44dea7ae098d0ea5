"""Who may see or change what of a person's training; each use case asks here once."""

from collections.abc import Set as AbstractSet
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, Forbidden, InvalidInput, required
from chassis.unit_of_work import Transaction
from training.domain.people import Employee, Scope
from training.domain.session import TrainingSession
from training.persistence.people import find_employee, team_of, units_below, units_led_by

WHOLE_AGENCY = ("hr_officer", "inspector")


def subject_of(actor: Principal, employee_id: UUID | None) -> UUID:
    """Return the person a request is about: the one it names, else the caller. Raise InvalidInput for neither."""
    found = employee_id or actor.employee_id
    if found is None:
        raise InvalidInput(errors=[FieldError("employee_id", "required", None, "pengenal pegawai (UUID)")])
    return found


def is_self(actor: Principal, employee_id: UUID) -> bool:
    return actor.employee_id is not None and actor.employee_id == employee_id


def require_self(actor: Principal, employee_id: UUID) -> None:
    if not is_self(actor, employee_id):
        raise Forbidden


def require_not_self(actor: Principal, employee_id: UUID) -> None:
    """Raise Forbidden in a matter of the caller's own: no office changes that."""
    if is_self(actor, employee_id):
        raise Forbidden


def require_reader(tx: Transaction, actor: Principal, employee_id: UUID, what: str) -> None:
    """Allow the person, the appraiser, HR and inspectors, and record the read. Raise NotFound or Forbidden.

    Who has left service reads the own records only.
    """
    if not is_self(actor, employee_id):
        person = _load_person(tx, employee_id)
        if actor.has("former_employee") or not (actor.has(*WHOLE_AGENCY) or _appraises(actor, person)):
            raise Forbidden
    audit.record(tx, actor, f"{what}_read", "employee", employee_id)


def require_party(tx: Transaction, actor: Principal, employee_id: UUID) -> None:
    """Allow the person, the appraiser and HR. Raise NotFound or Forbidden."""
    if not is_self(actor, employee_id):
        require_appraiser_or_hr(tx, actor, employee_id)


def require_appraiser_or_hr(tx: Transaction, actor: Principal, employee_id: UUID) -> None:
    """Allow the appraiser and HR, never for themselves. Raise NotFound or Forbidden."""
    require_not_self(actor, employee_id)
    person = _load_person(tx, employee_id)
    if not (actor.has("hr_officer") or _appraises(actor, person)):
        raise Forbidden


def require_self_or_hr(tx: Transaction, actor: Principal, employee_id: UUID) -> None:
    """Allow the person and HR. Raise NotFound or Forbidden."""
    if not is_self(actor, employee_id):
        _load_person(tx, employee_id)
        if not actor.has("hr_officer"):
            raise Forbidden


def require_plan_decider(tx: Transaction, actor: Principal, employee_id: UUID) -> None:
    """Allow the appraiser, and HR for people whose appraiser is not known. Nobody decides their own plan."""
    require_not_self(actor, employee_id)
    person = find_employee(tx, employee_id)
    without_appraiser = person is None or person.appraiser_id is None
    if not (_appraises(actor, person) or (without_appraiser and actor.has("hr_officer"))):
        raise Forbidden


def require_trainer(actor: Principal, session: TrainingSession, *offices: str) -> None:
    """Allow the session's trainer and these offices."""
    is_trainer = session.trainer_id is not None and is_self(actor, session.trainer_id)
    if not (actor.has(*offices) or is_trainer):
        raise Forbidden


def visible_people(tx: Transaction, actor: Principal, what: str, employee_id: UUID | None, *, team: bool) -> Scope:
    """Return whose rows a list shows, and record the read: a person's, the team's, the agency's, or one's own."""
    if employee_id is not None:
        require_reader(tx, actor, employee_id, what)
        return Scope(frozenset({employee_id}))
    own = frozenset({actor.employee_id} if actor.employee_id else ())
    if team:
        audit.record(tx, actor, f"{what}_read", "team", actor.employee_id)
        return Scope(frozenset().union(*(team_of(tx, appraiser) for appraiser in own)))
    if actor.has(*WHOLE_AGENCY):
        audit.record(tx, actor, f"{what}_read", "agency", tx.agency_id)
        return Scope(None)
    audit.record(tx, actor, f"{what}_read", "employee", actor.employee_id)
    return Scope(own)


def visible_units(tx: Transaction, actor: Principal, unit_id: UUID | None) -> AbstractSet[UUID] | None:
    """Return the units whose sums the caller may see, narrowed to `unit_id` and below; None for the whole agency."""
    if actor.has(*WHOLE_AGENCY):
        return units_below(tx, unit_id) if unit_id else None
    roots = {actor.unit_id} if actor.unit_id else set()
    if actor.employee_id is not None:
        roots |= units_led_by(tx, actor.employee_id)
    allowed: set[UUID] = set().union(*(units_below(tx, root) for root in roots))
    if unit_id is None:
        return allowed
    if unit_id not in allowed:
        raise Forbidden
    return units_below(tx, unit_id)


def _load_person(tx: Transaction, employee_id: UUID) -> Employee:
    """Return a person. Raise NotFound for people of other agencies and those whom no event has brought yet."""
    return required(find_employee(tx, employee_id), "pegawai", employee_id)


def _appraises(actor: Principal, person: Employee | None) -> bool:
    return actor.employee_id is not None and person is not None and person.appraiser_id == actor.employee_id
