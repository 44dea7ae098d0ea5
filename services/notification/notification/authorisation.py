"""Whose messages, grants and subscriptions somebody may see; each use case asks here once."""

from uuid import UUID

from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import Transaction
from notification.domain.errors import GrantMissing
from notification.domain.grant import Channel, Grant
from notification.domain.message import Message
from notification.domain.templates import EVERYONE, ROLE_OF, recipient_of_employee, recipient_of_role
from notification.persistence.grants import open_grant
from notification.persistence.people import today


def self_of(actor: Principal) -> UUID:
    """Return the employee behind an account. Raise Forbidden for a machine, which has none."""
    if actor.employee_id is None:
        raise Forbidden
    return actor.employee_id


def recipients_of(actor: Principal) -> list[str]:
    """Return the recipients whose messages somebody finds: oneself, each office held, and everybody.

    Everybody are those in service: neither who has left it, nor an official from outside.
    """
    found = [recipient_of_role(role) for role in ROLE_OF.values() if actor.has(role)]
    if actor.employee_id is not None:
        found.append(recipient_of_employee(actor.employee_id))
        if not actor.has("former_employee", "external_official"):
            found.append(EVERYONE)
    return found


def reader_of(actor: Principal) -> str:
    """Return whose reading is remembered: of an office's messages, each reader's own."""
    return str(actor.employee_id or actor.account_id)


def require_recipient(actor: Principal, message: Message) -> None:
    """Raise Forbidden, also for who holds an office in a matter of their own."""
    if message.recipient not in recipients_of(actor) or actor.is_about(message.about):
        raise Forbidden


def visible_client(actor: Principal) -> UUID | None:
    """Return the client whose grants and subscriptions somebody sees: a client its own, an officer (None) all."""
    return actor.account_id if actor.kind == "client" else None


def agency_for(actor: Principal, named: str | None) -> str:
    """Return the agency that a call is about: an operator may name any. Raise Forbidden for others."""
    if named in (None, actor.agency_id) or actor.has("operator"):
        return named or actor.agency_id
    raise Forbidden


def require_client(actor: Principal, client_id: UUID) -> None:
    """A client acts on its own grants and subscriptions; officers of the agency on all."""
    if visible_client(actor) not in (None, client_id):
        raise Forbidden


def require_grant(tx: Transaction, client_id: UUID, channel: Channel) -> Grant:
    """Return the grant by which a client uses a channel today. Raise GrantMissing."""
    grant = find_grant(tx, client_id, channel)
    if grant is None:
        raise GrantMissing(channel=channel)
    return grant


def find_grant(tx: Transaction, client_id: UUID, channel: Channel) -> Grant | None:
    """Return the grant by which a client uses a channel today, or None."""
    grant = open_grant(tx, client_id)
    return grant if grant is not None and grant.covers(channel, today(tx)) else None
