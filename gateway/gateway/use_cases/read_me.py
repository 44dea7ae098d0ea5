"""Tell the caller who they are to us."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from gateway.house import House
from gateway.persistence import accounts, tokens
from gateway.persistence.notices import acts_by_others

TELL_FOR = timedelta(days=90)
_SENTENCES = {
    "account.code_issued": "{who} membuat kode baru untuk mengganti kata sandi akun Anda.",
    "account.roles_changed": "{who} mengubah peran akun Anda.",
    "account.changed": "{who} mengubah data akun Anda.",
    "account.disabled": "{who} menonaktifkan akun Anda.",
    "account.enabled": "{who} mengaktifkan kembali akun Anda.",
}


@dataclass(frozen=True)
class Notice:
    """Something that somebody else did to the caller's account."""

    at: datetime
    action: str
    sentence: str


@dataclass(frozen=True)
class Me:
    account_id: UUID
    kind: str
    username: str | None
    name: str
    agency_id: str
    employee_id: UUID | None
    unit_id: UUID | None
    roles: tuple[str, ...]
    must_change_password: bool
    session_id: UUID | None
    session_expires_at: datetime | None
    csrf_token: str | None
    notices: list[Notice]


def read_me(work: UnitOfWork, house: House, actor: Principal, session_id: UUID | None) -> Me:
    """The account as it is now, with the present session's CSRF token for pages that were loaded anew.

    Identity says no events: this is where an owner is told what others did to the account, such as issue a reset code.
    """
    with work.transaction(actor.agency_id) as tx:
        living = tokens.living(tx.session, actor.account_id, house.now())
        session = next((row for row in living if row.id == session_id), None)
        account = accounts.get_account(tx.session, actor.account_id) if actor.kind == "person" else None
        if actor.kind == "person" and account is None:
            raise NotFound(object="akun", id=actor.account_id)
        return Me(
            account_id=actor.account_id,
            kind=actor.kind,
            username=account.username if account else None,
            name=account.name if account else actor.name,
            agency_id=actor.agency_id,
            employee_id=account.employee_id if account else None,
            unit_id=account.unit_id if account else None,
            roles=tuple(account.roles) if account else tuple(sorted(actor.roles)),
            must_change_password=account.must_change_password if account else False,
            session_id=session.id if session else None,
            session_expires_at=session.expires_at if session else None,
            csrf_token=session.csrf_token if session and actor.kind == "person" else None,
            notices=_notices(tx, actor.account_id, house.now()) if account else [],
        )


def _notices(tx: Transaction, account_id: UUID, now: datetime) -> list[Notice]:
    return [
        Notice(act.at, act.action, _SENTENCES[act.action].format(who=act.by_name or "Operator sistem"))
        for act in acts_by_others(tx, account_id, now - TELL_FOR)
    ]
