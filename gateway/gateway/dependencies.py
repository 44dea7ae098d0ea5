"""What the use cases of identity need besides the unit of work: keys, policies, lifetimes and the real time."""

import secrets
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from chassis.ids import new_id
from gateway.crypto import Passwords, SigningKey, Vault, digest, new_secret
from gateway.domain.account import Account
from gateway.domain.client_info import ClientInfo
from gateway.domain.passwords import PasswordPolicy
from gateway.domain.roles import RoleBook
from gateway.domain.session import NewToken, Session
from gateway.domain.sign_in_rules import Standing
from gateway.settings import Settings


@dataclass(frozen=True)
class Lifetimes:
    idle: timedelta
    longest: timedelta
    client_token: timedelta
    activation: timedelta
    reset: timedelta


@dataclass(frozen=True)
class IdentityServices:
    """Made once per process. `now` is the real time: turning a demo's clock does not prolong anybody's session."""

    key: SigningKey
    vault: Vault
    passwords: Passwords
    policy: PasswordPolicy
    roles: RoleBook
    lifetimes: Lifetimes
    public_origins: frozenset[str]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def new_session(self, account: Account, standing: Standing, origin: ClientInfo) -> tuple[Session, str]:
        """Return a person's session and its token, of which the session holds only the digest."""
        token = new_secret("s")
        new = NewToken(new_id(), digest(token), secrets.token_urlsafe(24))
        idle, longest = self.lifetimes.idle, self.lifetimes.longest
        return Session.of_person(new, account, standing, origin, self.now(), idle=idle, longest=longest), token


@cache
def role_book(contracts: Path) -> RoleBook:
    """Return the roles as the contracts list them. Raise OSError or ValueError when they cannot be read."""
    return RoleBook.read(tomllib.loads((contracts / "roles.toml").read_text()))


def make_identity_services(settings: Settings) -> IdentityServices:
    """Return the services of these settings. Raise OSError or ValueError when the key or the roles cannot be read."""
    return IdentityServices(
        key=SigningKey.from_file(settings.auth_private_key_file),
        vault=Vault.from_file(settings.second_factor_key_file or settings.auth_private_key_file),
        passwords=Passwords(memory_kib=settings.password_memory_kib, rounds=settings.password_rounds),
        policy=PasswordPolicy(
            minimum=settings.password_minimum, refused=frozenset(word.lower() for word in settings.passwords_refused)
        ),
        roles=role_book(settings.contracts_dir),
        lifetimes=Lifetimes(
            idle=settings.session_idle,
            longest=settings.session_longest,
            client_token=settings.client_token_lifetime,
            activation=settings.activation_lifetime,
            reset=settings.reset_lifetime,
        ),
        public_origins=settings.public_origins,
    )
