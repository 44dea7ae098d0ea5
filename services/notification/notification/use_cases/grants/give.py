"""Give a client its grant; one that it has already ends with this one's start, its subscriptions live on."""

from collections.abc import Collection, Iterator

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from notification.domain.event_type import RETIRED
from notification.domain.grant import GiveGrant, Grant, GrantView
from notification.persistence.event_types import event_catalogue
from notification.persistence.grants import insert_grant, open_grant
from notification.persistence.people import today
from notification.use_cases.grants.revoke import end_grant

SUPERSEDED = "Diganti dengan izin baru"


def give_grant(work: UnitOfWork, actor: Principal, command: GiveGrant) -> GrantView:
    with work.transaction(actor.agency_id) as tx:
        before = open_grant(tx, command.client_id, lock=True)
        _check(tx, command, before.event_types if before else ())
        if before is not None:
            end_grant(tx, actor, before, SUPERSEDED)
        grant = Grant.given(new_id(), command, actor.account_id, tx.now)
        insert_grant(tx, grant)
        named = {"client_id": grant.client_id, "event_types": grant.event_types}
        audit.record(tx, actor, "give_grant", "grant", grant.grant_id, **named)
        return GrantView.of(grant)


def _check(tx: Transaction, command: GiveGrant, kept: Collection[str]) -> None:
    errors = list(_wrong_types(tx, command.event_types, kept))
    if command.valid_until is not None and command.valid_until < today(tx):
        until = command.valid_until.isoformat()
        errors.append(FieldError("valid_until", "date_past", until, "hari ini atau sesudahnya"))
    if errors:
        raise InvalidInput(errors=errors)


def _wrong_types(tx: Transaction, names: Collection[str], kept: Collection[str]) -> Iterator[FieldError]:
    """Yield the types that cannot be granted; what a client has already (`kept`) may be granted until it is retired."""
    catalogue = event_catalogue(tx.contracts.folder)
    for number, name in enumerate(names):
        field, notice = f"event_types.{number}", catalogue.notice(name)
        if name not in catalogue.types:
            listed = "jenis peristiwa yang terdaftar di GET /event-types"
            yield FieldError(field, "event_type_unknown", name, listed)
        elif notice and notice.lifecycle is RETIRED:
            yield FieldError(field, "event_type_retired", name, notice.successor)
        elif notice and name not in kept:
            yield FieldError(field, "event_type_deprecated", name, notice.successor)
