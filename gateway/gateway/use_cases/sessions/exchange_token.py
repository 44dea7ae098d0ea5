"""Exchange the opaque credential of a request for the internal token that services verify. The hottest path."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from chassis.auth import Principal
from gateway.crypto import digest
from gateway.dependencies import IdentityServices
from gateway.domain.errors import OriginRefused, SessionRefused
from gateway.domain.origin import Evidence, comes_from_our_page
from gateway.domain.session import TokenClaims
from gateway.persistence.token_lookup import TokenLookup

# The edge caches an answer for five seconds, so a token has nearly two minutes left when a service sees it.
LIFETIME_SECONDS = 120
# The idle limit is extended at most this often, so that most requests write nothing.
EXTEND_EVERY = timedelta(seconds=60)


@dataclass(frozen=True)
class ExchangeToken:
    """The credential, and for a browser's unsafe request the evidence of the page that it comes from."""

    token: str
    browser_evidence: Evidence | None = None


@dataclass(frozen=True)
class ExchangedToken:
    """The answer to the edge: the internal token, and the account for the edge's log."""

    internal_token: str
    account_id: UUID


def exchange_token(tokens: TokenLookup, services: IdentityServices, command: ExchangeToken) -> ExchangedToken:
    """Make one indexed look-up and one signature. Raise SessionRefused, or OriginRefused for a forged request."""
    now = services.now()
    claims = tokens.find(digest(command.token), now)
    if claims is None:
        raise SessionRefused
    evidence = command.browser_evidence
    if evidence is not None and not comes_from_our_page(evidence, claims.csrf_token, services.public_origins):
        raise OriginRefused
    if claims.kind == "person" and claims.last_seen_at < now - EXTEND_EVERY:
        tokens.extend(claims.id, now, now + services.lifetimes.idle)
    internal_token = services.key.token_of(_caller(claims, now), claims.id, now, LIFETIME_SECONDS)
    return ExchangedToken(internal_token, claims.subject_id)


def _caller(claims: TokenClaims, now: datetime) -> Principal:
    return Principal(
        account_id=claims.subject_id,
        agency_id=claims.agency_id,
        roles=frozenset(claims.roles),
        employee_id=claims.employee_id,
        unit_id=claims.unit_id,
        kind=claims.kind,
        name=claims.name,
        is_watched=claims.is_watched(now),
    )
