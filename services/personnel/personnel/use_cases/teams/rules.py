"""What must be true of the members of a team."""

from chassis.auth import Principal, need_other
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction
from personnel.domain.team import Team
from personnel.persistence.employees import names_of


def require_known_members(tx: Transaction, team: Team) -> None:
    """Raise InvalidInput for members who are unknown in this agency."""
    known = names_of(tx, [one.employee_id for one in team.members])
    unknown = sorted({one.employee_id for one in team.members} - known.keys())
    if unknown:
        expected = "Pilih pegawai instansi ini."
        raise InvalidInput(errors=[FieldError("members", "employee_unknown", one, expected) for one in unknown])


def require_own_role_unchanged(actor: Principal, before: Team | None, after: Team) -> None:
    """Raise OwnAffair for an officer who would change their own days or role in a team."""
    former = before.of_person(actor.employee_id) if before else []
    if actor.employee_id is not None and former != after.of_person(actor.employee_id):
        need_other(actor, actor.employee_id)
