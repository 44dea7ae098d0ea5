"""Whose figures a caller may read: one's own, or the agency's as HR officer or inspector. And whose one may change."""

from collections.abc import Iterable
from uuid import UUID

from chassis.auth import Principal
from chassis.errors import FieldError, Forbidden, OwnAffair
from chassis.unit_of_work import Transaction
from incentive.persistence.people import require_employee

READERS = ("hr_officer", "inspector")


def may_read(tx: Transaction, actor: Principal, employee_id: UUID) -> None:
    """Raise NotFound for somebody unknown here, Forbidden for somebody else's figures."""
    if actor.employee_id == employee_id:
        return
    require_employee(tx, employee_id)
    if not actor.has(*READERS):
        raise Forbidden


def need_others(actor: Principal, employee_ids: Iterable[UUID]) -> None:
    """Raise OwnAffair for a list of items that names the officer's own among them, and say where."""
    own = [
        FieldError(f"items.{place}.employee_id", OwnAffair.code, str(one), "pegawai lain, bukan diri sendiri")
        for place, one in enumerate(employee_ids)
        if actor.is_about(one)
    ]
    if own:
        raise OwnAffair(errors=own)
