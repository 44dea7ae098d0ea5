"""Turn the opaque credential of a request into the internal token that services verify. The hottest path there is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.auth import Principal, claims_of
from gateway.crypto import digest
from gateway.domain.errors import OriginRefused, SessionRefused
from gateway.domain.origin import Evidence, comes_from_our_page
from gateway.house import House
from gateway.persistence.door import Door

# The edge keeps an answer five seconds, so a token has nearly two minutes left when a service sees it.
LIFETIME_SECONDS = 120
# The idle limit is moved on at most this often, so that reading costs no write.
SEEN_EVERY = timedelta(seconds=60)


@dataclass(frozen=True)
class Presented:
    """The credential, and for a browser's unsafe request the evidence of where it comes from."""

    token: str
    browser_evidence: Evidence | None = None


@dataclass(frozen=True)
class Pass:
    """What the edge gets: the internal token, and whose it is for its log."""

    internal_token: str
    account_id: UUID


def authorise(door: Door, house: House, presented: Presented) -> Pass:
    """One indexed look-up and one signature; raises SessionRefused, or OriginRefused for a forged browser request."""
    now = house.now()
    row = door.find(digest(presented.token), now)
    if row is None:
        raise SessionRefused
    evidence = presented.browser_evidence
    if evidence is not None and not comes_from_our_page(evidence, row.csrf_token, house.public_origins):
        raise OriginRefused
    if row.kind == "person" and row.last_seen_at < now - SEEN_EVERY:
        door.seen(row.id, now, now + house.lifetimes.idle)
    return Pass(house.key.sign(_claims(row, now)), row.subject_id)


def _claims(row: Any, now: datetime) -> dict[str, Any]:
    caller = Principal(
        account_id=row.subject_id,
        agency_id=row.agency_id,
        roles=frozenset(row.roles),
        employee_id=row.employee_id,
        unit_id=row.unit_id,
        kind=row.kind,
        name=row.name,
    )
    issued = int(now.timestamp())
    return {**claims_of(caller), "iat": issued, "exp": issued + LIFETIME_SECONDS, "sid": str(row.id)}
