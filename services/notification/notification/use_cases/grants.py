"""Permission for a subscriber: given and taken back by the agency whose data it is, never edited."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.clock import today_in
from chassis.errors import FieldError, Forbidden, InvalidInput, NotFound
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from notification.domain.errors import GrantMissing, GrantRevoked
from notification.domain.grants import Channel, Grant
from notification.persistence import people, subscriptions
from notification.persistence.event_types import event_types
from notification.persistence.models import GrantRow
from notification.use_cases.end_subscription import disable
from notification.use_cases.views import GrantView

SUPERSEDED = "Diganti dengan izin baru"


@dataclass(frozen=True)
class GiveGrant:
    client_id: UUID
    subscriber_name: str
    event_types: list[str]
    channels: list[Channel]
    legal_basis: str
    data_from: date | None
    valid_until: date | None


def today(tx: Transaction) -> date:
    return today_in(tx.now, people.time_zone(tx))


def active_grant(tx: Transaction, client_id: UUID, channel: Channel) -> Grant:
    """The grant by which a client uses a channel today; raises GrantMissing."""
    row = subscriptions.open_grant(tx, client_id)
    grant = subscriptions.grant_of(row) if row else None
    if grant is None or not grant.is_active(today(tx)) or channel not in grant.channels:
        raise GrantMissing(channel=channel.value)
    return grant


def give_grant(work: UnitOfWork, actor: Principal, command: GiveGrant) -> GrantView:
    """Give a client its grant; one that it has already ends with this one's start, its subscriptions live on."""
    with work.transaction(actor.agency_id) as tx:
        _check(tx, command)
        before = subscriptions.open_grant(tx, command.client_id, lock=True)
        if before is not None:
            _end(tx, actor, before, SUPERSEDED)
            tx.session.flush()
        row = GrantRow(
            grant_id=new_id(), agency_id=tx.agency_id, client_id=command.client_id,
            subscriber_name=command.subscriber_name, event_types=sorted(set(command.event_types)),
            channels=sorted({channel.value for channel in command.channels}), legal_basis=command.legal_basis,
            data_from=command.data_from, valid_until=command.valid_until, granted_by=actor.account_id,
            granted_at=tx.now,
        )  # fmt: skip
        tx.session.add(row)
        audit.record(
            tx, actor, "give_grant", "grant", row.grant_id, client_id=row.client_id, event_types=row.event_types
        )
        return GrantView.of(row)


def _check(tx: Transaction, command: GiveGrant) -> None:
    known = event_types(tx.contracts.folder)
    errors = [
        FieldError(
            f"event_types.{number}", "event_type_unknown", name, "jenis peristiwa yang terdaftar di GET /event-types"
        )
        for number, name in enumerate(command.event_types)
        if name not in known
    ]
    if command.valid_until is not None and command.valid_until < today(tx):
        errors.append(
            FieldError("valid_until", "date_past", command.valid_until.isoformat(), "hari ini atau sesudahnya")
        )
    if errors:
        raise InvalidInput(errors=errors)


def revoke_grant(work: UnitOfWork, actor: Principal, grant_id: UUID, reason: str) -> GrantView:
    """Take a grant back: feed and webhooks of the client stop at once."""
    with work.transaction(actor.agency_id) as tx:
        row = subscriptions.find_grant(tx, grant_id, lock=True)
        if row is None:
            raise NotFound(object="izin", id=grant_id)
        if row.revoked_at is not None:
            raise GrantRevoked
        _end(tx, actor, row, reason)
        for subscription in subscriptions.open_subscriptions_of(tx, row.client_id):
            if subscription.state in {"ACTIVE", "PAUSED"}:
                disable(tx, subscription, "GRANT_ENDED")
        return GrantView.of(row)


def _end(tx: Transaction, actor: Principal, row: GrantRow, reason: str) -> None:
    row.revoked_at, row.revoked_by, row.revoke_reason = tx.now, actor.account_id, reason
    audit.record(tx, actor, "revoke_grant", "grant", row.grant_id, client_id=row.client_id)


def list_grants(work: UnitOfWork, actor: Principal, *, before: UUID | None, limit: int) -> list[GrantView]:
    """The agency's officers see all of them, a client its own."""
    with work.transaction(actor.agency_id) as tx:
        client_id = actor.account_id if actor.kind == "client" else None
        rows = subscriptions.page_of_grants(tx, client_id=client_id, before=before, limit=limit)
        return [GrantView.of(row) for row in rows]


def read_grant(work: UnitOfWork, actor: Principal, grant_id: UUID) -> GrantView:
    with work.transaction(actor.agency_id) as tx:
        row = subscriptions.find_grant(tx, grant_id)
        if row is None:
            raise NotFound(object="izin", id=grant_id)
        if actor.kind == "client" and row.client_id != actor.account_id:
            raise Forbidden
        return GrantView.of(row)
