"""Whose figures a caller may read, and whose one may change; the use cases ask here."""

from collections.abc import Iterable
from uuid import UUID

from approvals.officers import officer_of
from chassis.auth import Principal, need_other
from chassis.errors import FieldError, Forbidden, OwnAffair
from chassis.unit_of_work import Transaction
from incentive.domain.award import Nominator
from incentive.persistence.people import leads_person, require_employee

WHOLE_AGENCY = ("hr_officer", "inspector")


def require_reader(tx: Transaction, actor: Principal, employee_id: UUID) -> None:
    """Raise NotFound for somebody unknown here, Forbidden for somebody else's figures."""
    if actor.employee_id == employee_id:
        return
    require_employee(tx, employee_id)
    if not actor.has(*WHOLE_AGENCY):
        raise Forbidden


def require_colleague(tx: Transaction, actor: Principal, employee_id: UUID) -> None:
    """Raise NotFound for somebody unknown here, OwnAffair for the officer's own figures."""
    require_employee(tx, employee_id)
    need_other(actor, employee_id)


def require_colleagues(actor: Principal, employee_ids: Iterable[UUID]) -> None:
    """Raise OwnAffair, with the place, for a list of items that contains the officer's own."""
    own = [
        FieldError(f"items.{place}.employee_id", OwnAffair.code, str(one), "pegawai lain, bukan diri sendiri")
        for place, one in enumerate(employee_ids)
        if actor.is_about(one)
    ]
    if own:
        raise OwnAffair(errors=own)


def require_nominator(tx: Transaction, actor: Principal, employee_id: UUID) -> Nominator:
    """Return who nominates somebody for an award: HR, the superior or the leader of the unit or of one above it.

    Raise AccountOfNobody, OwnAffair, NotFound, or Forbidden for everybody else.
    """
    officer = officer_of(actor)
    require_colleague(tx, actor, employee_id)
    if not (actor.has("hr_officer") or leads_person(tx, officer.person_id, employee_id)):
        raise Forbidden
    return Nominator(officer.account_id, officer.person_id)


def require_own_unit(actor: Principal, unit_id: UUID) -> None:
    """Raise Forbidden for a leader who asks about another unit than the own; HR and inspectors see every unit."""
    if not actor.has(*WHOLE_AGENCY) and actor.unit_id != unit_id:
        raise Forbidden
