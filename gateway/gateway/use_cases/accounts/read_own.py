"""Read one's own account."""

from datetime import datetime, timedelta
from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from gateway.dependencies import IdentityServices
from gateway.domain.account_views import NoticeView, OwnAccountView
from gateway.domain.service_time import Access
from gateway.persistence.accounts import load_account
from gateway.persistence.notices import actions_by_others
from gateway.persistence.second_factors import has_second_factor
from gateway.persistence.sessions import live_sessions
from gateway.use_cases.sessions.open import standing_of

NOTICES_SINCE = timedelta(days=90)
_SENTENCES = {
    "account.code_issued": "{who} membuat kode baru untuk mengganti kata sandi akun Anda.",
    "account.reset_requested": "{who} meminta kode untuk mengganti kata sandi akun Anda.",
    "account.reset_approved": "{who} menyetujui kode untuk mengganti kata sandi akun Anda.",
    "account.roles_changed": "{who} mengubah peran akun Anda.",
    "account.changed": "{who} mengubah data akun Anda.",
    "account.link_changed": "{who} mengubah pegawai yang terkait dengan akun Anda.",
    "account.password_ended": "Kata sandi Anda berakhir oleh perubahan {who}, sampai kode baru dipakai.",
    "second_factor.removed": "{who} melepas faktor kedua akun Anda.",
    "account.disabled": "{who} menonaktifkan akun Anda.",
    "account.enabled": "{who} mengaktifkan kembali akun Anda.",
}


def read_own_account(
    work: UnitOfWork, services: IdentityServices, actor: Principal, session_id: UUID | None
) -> OwnAccountView:
    """Return the account as it is now, with the present session's CSRF token for pages that are loaded anew.

    The notices show the owner what others did to the account.
    """
    with work.transaction(actor.agency_id) as tx:
        sessions = live_sessions(tx, actor.account_id, services.now())
        session = next((one for one in sessions if one.id == session_id), None)
        account = load_account(tx, actor.account_id) if actor.kind == "person" else None
        return OwnAccountView(
            account_id=actor.account_id,
            kind="person" if account else "client",
            username=account.username if account else None,
            name=account.name if account else actor.name,
            agency_id=actor.agency_id,
            employee_id=account.employee_id if account else None,
            unit_id=account.effective_unit_id if account else None,
            roles=account.roles if account else tuple(sorted(actor.roles)),
            official_id=account.official_id if account else None,
            access=account.access if account else Access.FULL,
            readable_until=account.readable_until if account else None,
            second_factor=bool(account) and has_second_factor(tx, actor.account_id),
            lacks=standing_of(tx, account).lacks if account else (),
            must_change_password=account.must_change_password if account else False,
            session_id=session.id if session else None,
            session_expires_at=session.expires_at if session else None,
            csrf_token=session.csrf_token if session and account else None,
            notices=_notices(tx, actor.account_id, services.now()) if account else (),
        )


def _notices(tx: Transaction, account_id: UUID, now: datetime) -> tuple[NoticeView, ...]:
    return tuple(
        NoticeView(action.at, action.action, _SENTENCES[action.action].format(who=action.by_name or "Operator sistem"))
        for action in actions_by_others(tx, account_id, now - NOTICES_SINCE)
    )
