"""An API client: a machine of an agency that may ask for tokens."""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from chassis.pagination import PageRequest
from chassis.views import view_of
from gateway.domain.errors import ClientRevoked


@dataclass(frozen=True)
class RegisterClient:
    name: str
    roles: tuple[str, ...]
    agency_id: str | None = None


@dataclass(frozen=True)
class ListClients:
    page: PageRequest
    agency_id: str | None = None


@dataclass(frozen=True)
class ApiClient:
    """Only digests of its secrets are stored; after a rotation the old secret may stay valid for a while."""

    id: UUID
    agency_id: str
    name: str
    roles: tuple[str, ...]
    secret_digest: bytes
    old_secret_digest: bytes | None
    old_secret_until: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    created_at: datetime
    created_by: str

    @classmethod
    def registered(
        cls, client_id: UUID, agency_id: str, command: RegisterClient, secret_digest: bytes, now: datetime, by: str
    ) -> "ApiClient":
        return cls(
            id=client_id,
            agency_id=agency_id,
            name=command.name,
            roles=tuple(sorted(set(command.roles))),
            secret_digest=secret_digest,
            old_secret_digest=None,
            old_secret_until=None,
            revoked_at=None,
            last_used_at=None,
            created_at=now,
            created_by=by,
        )

    @property
    def state(self) -> Literal["ACTIVE", "REVOKED"]:
        return "ACTIVE" if self.revoked_at is None else "REVOKED"

    def accepts(self, secret_digest: bytes, now: datetime) -> bool:
        """Return whether the secret is the present one, or the old one within its time. The comparison is constant."""
        is_new = hmac.compare_digest(secret_digest, self.secret_digest)
        old, until = self.old_secret_digest, self.old_secret_until
        is_old = old is not None and until is not None and until > now and hmac.compare_digest(secret_digest, old)
        return self.revoked_at is None and (is_new or is_old)

    def rotated(self, secret_digest: bytes, keep_old: timedelta, now: datetime) -> "ApiClient":
        """Return the client with a new secret. Raise ClientRevoked."""
        if self.revoked_at is not None:
            raise ClientRevoked
        return replace(
            self,
            secret_digest=secret_digest,
            old_secret_digest=self.secret_digest if keep_old else None,
            old_secret_until=now + keep_old if keep_old else None,
        )

    def revoked(self, now: datetime) -> "ApiClient":
        return replace(self, revoked_at=now)

    def used(self, now: datetime) -> "ApiClient":
        return replace(self, last_used_at=now)


@dataclass(frozen=True)
class ClientView:
    client_id: UUID
    agency_id: str
    name: str
    roles: tuple[str, ...]
    state: Literal["ACTIVE", "REVOKED"]
    created_at: datetime
    last_used_at: datetime | None

    @classmethod
    def of(cls, client: ApiClient) -> "ClientView":
        return view_of(cls, client, client_id=client.id)


@dataclass(frozen=True)
class ClientSecretView:
    """A client with its secret, which is shown this once."""

    client: ClientView
    client_secret: Annotated[str, Meta(description="shown this once")]
    old_secret_until: datetime | None = None


@dataclass(frozen=True)
class ClientTokenView:
    access_token: str
    expires_in: Annotated[int, Meta(description="seconds")]
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the type, not a token
