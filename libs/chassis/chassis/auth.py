"""Who is asking, and what each route allows. Deny by default: a route without a rule is refused at start."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from chassis.errors import Forbidden, OwnAffair, Unauthenticated

ISSUER = "suar-identity"
AUDIENCE = "suar"
MOST_KNOWN_TOKENS = 2000
MUST_HAVE: Any = {"require": ["exp", "sub"]}
_MARK = "__access__"
_END = b"-----END PUBLIC KEY-----"


@dataclass(frozen=True)
class Principal:
    """The caller, as the identity provider vouches for it in the internal token."""

    account_id: UUID
    agency_id: str
    roles: frozenset[str]
    employee_id: UUID | None = None
    unit_id: UUID | None = None
    kind: str = "person"
    name: str = ""
    # somebody else has lately reset the password, or said whose account it is: the audit trail marks what is done
    is_watched: bool = False

    def has(self, *roles: str) -> bool:
        """Return whether the caller holds any of these roles."""
        return not self.roles.isdisjoint(roles)

    def is_about(self, employee_id: UUID | None) -> bool:
        """Return whether a matter of this person is the caller's own."""
        return employee_id is not None and employee_id == self.employee_id


def need_other(actor: Principal, employee_id: UUID | None) -> None:
    """Raise OwnAffair for somebody who acts in office in a matter of their own: a colleague in that office must."""
    if actor.is_about(employee_id):
        raise OwnAffair


@dataclass(frozen=True)
class Access:
    """A route's rule: the roles that may call it (empty and public: anybody), and in words the relation it asks for."""

    roles: frozenset[str]
    relation: str = ""
    public_because: str = ""
    unnamed: bool = False
    unlogged: bool = False

    @property
    def leaves_no_trace(self) -> bool:
        """Return whether a call is neither logged nor counted, and nothing that it causes is tied to it."""
        return self.unnamed or self.unlogged

    @property
    def is_public(self) -> bool:
        return bool(self.public_because)

    def check(self, principal: Principal | None) -> None:
        """Raise Unauthenticated or Forbidden unless this caller may enter."""
        if self.is_public:
            return
        if principal is None:
            raise Unauthenticated
        if not principal.has(*self.roles):
            raise Forbidden


F = TypeVar("F", bound=Callable[..., Any])


def allow(*roles: str, relation: str = "", unlogged: bool = False) -> Callable[[F], F]:
    """Allow callers with any of `roles`; `relation` says in words what the use case checks besides.

    `unlogged`: that somebody has called it says too much; no log, metric, trace or event is tied to the call.
    """
    if not roles:
        raise ValueError("allow() needs at least one role; for a public route use allow_public(reason=…)")
    return _mark(Access(frozenset(roles), relation, unlogged=unlogged))


def allow_public(*, reason: str) -> Callable[[F], F]:
    """Open a route to anybody, for a reason that stands in the API description."""
    return _mark(Access(frozenset(), public_because=reason))


def allow_unnamed(*, reason: str) -> Callable[[F], F]:
    """Open a route whose callers must not be known: no credential is looked at, and a call leaves no trace."""
    return _mark(Access(frozenset(), public_because=reason, unnamed=True))


def _mark(access: Access) -> Callable[[F], F]:
    def tag(view: F) -> F:
        setattr(view, _MARK, access)
        return view

    return tag


def access_of(view: object) -> Access | None:
    """The rule a view was tagged with, or None."""
    found = getattr(view, _MARK, None)
    return found if isinstance(found, Access) else None


@dataclass(frozen=True)
class TokenVerifier:
    """Verifies internal tokens (EdDSA JWT) against the public keys of a PEM file; several keys allow a rotation."""

    keys: tuple[Ed25519PublicKey, ...] = field(repr=False)
    # a caller sends the same short-lived token with each request: what was verified once holds until it ends
    _known: dict[str, tuple[float, Principal]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_file(cls, path: Path) -> "TokenVerifier":
        blocks = [part + _END for part in path.read_bytes().split(_END) if part.strip()]
        keys = tuple(load_pem_public_key(block.strip() + b"\n") for block in blocks)
        if not keys or not all(isinstance(key, Ed25519PublicKey) for key in keys):
            raise ValueError(f"{path} holds no Ed25519 public key in PEM form")
        return cls(keys)  # type: ignore[arg-type]

    def verify(self, token: str) -> Principal:
        """Return the caller that a token names. Raise Unauthenticated for a forged, expired or foreign token."""
        known = self._known.get(token)
        if known is not None and known[0] > time.time():
            return known[1]
        for key in self.keys:
            try:
                claims = jwt.decode(
                    token, key, algorithms=["EdDSA"], audience=AUDIENCE, issuer=ISSUER, options=MUST_HAVE
                )
                principal = principal_of(claims)
            except jwt.InvalidSignatureError:
                continue
            except (jwt.InvalidTokenError, KeyError, ValueError, TypeError):
                break
            if len(self._known) >= MOST_KNOWN_TOKENS:
                self._known.clear()
            self._known[token] = (float(claims["exp"]), principal)
            return principal
        raise Unauthenticated


def principal_of(claims: Mapping[str, Any]) -> Principal:
    """Read a caller out of verified claims."""
    return Principal(
        account_id=UUID(claims["sub"]),
        agency_id=claims["agency"],
        roles=frozenset(claims["roles"]),
        employee_id=UUID(claims["employee"]) if claims.get("employee") else None,
        unit_id=UUID(claims["unit"]) if claims.get("unit") else None,
        kind=claims.get("kind", "person"),
        name=claims.get("name", ""),
        is_watched=claims.get("watched", False) is True,
    )


def claims_of(principal: Principal, *, lifetime: int = 120) -> dict[str, Any]:
    """Write a caller as claims of a token that lives `lifetime` seconds of real time."""
    now = int(time.time())
    return {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + lifetime,
        "sub": str(principal.account_id),
        "agency": principal.agency_id,
        "roles": sorted(principal.roles),
        "employee": str(principal.employee_id) if principal.employee_id else None,
        "unit": str(principal.unit_id) if principal.unit_id else None,
        "kind": principal.kind,
        "name": principal.name,
        **({"watched": True} if principal.is_watched else {}),
    }
