"""Open a session of somebody who has proved who they are, and let open ones follow their account."""

from chassis import audit
from chassis.unit_of_work import Transaction
from gateway.dependencies import IdentityServices, role_book
from gateway.domain.account import Account
from gateway.domain.client_info import ClientInfo
from gateway.domain.session import OpenedSessionView
from gateway.domain.sign_in_rules import Held, Standing
from gateway.persistence.people import day_here
from gateway.persistence.second_factors import has_second_factor
from gateway.persistence.sessions import end_sessions, insert_session, live_sessions, update_sessions
from gateway.persistence.sign_in_rules import rule_of_today


def open_session(
    tx: Transaction, services: IdentityServices, account: Account, origin: ClientInfo
) -> OpenedSessionView:
    """Open a session with the roles that the account may use today; of too many sessions the oldest end."""
    open_ones = live_sessions(tx, account.id, services.now())
    for one in open_ones[rule_of_today(tx).most_sessions - 1 :]:
        end_sessions(tx, account.id, services.now(), "too_many", only=one.id)
    session, token = services.new_session(account, standing_of(tx, account), origin)
    insert_session(tx, session)
    audit.record(tx, str(account.id), "session.opened", "account", account.id, session_id=session.id)
    return OpenedSessionView.of(session, account, token)


def refresh_sessions(tx: Transaction, account: Account) -> None:
    """Copy the roles and details of an account into its open sessions, which authorisation reads."""
    update_sessions(tx, account, standing_of(tx, account))


def standing_of(tx: Transaction, account: Account) -> Standing:
    """Return what the account may use today, and what the rest of its roles waits for."""
    held = Held(account, has_second_factor(tx, account.id))
    return Standing.of(held, rule_of_today(tx), role_book(tx.contracts.folder), day_here(tx))
