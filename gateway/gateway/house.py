"""What the use cases of identity share: keys, policies, lifetimes and the real time."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from gateway.crypto import Passwords, SigningKey
from gateway.domain.passwords import PasswordPolicy
from gateway.domain.roles import RoleBook
from gateway.settings import Settings


@dataclass(frozen=True)
class Lifetimes:
    idle: timedelta
    longest: timedelta
    client_token: timedelta
    activation: timedelta
    reset: timedelta


@dataclass(frozen=True)
class House:
    """Made once per process. `now` is the real time: nobody's session lives longer because a demo turned the clock."""

    key: SigningKey
    passwords: Passwords
    policy: PasswordPolicy
    roles: RoleBook
    lifetimes: Lifetimes
    public_origins: frozenset[str]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


def make_house(settings: Settings) -> House:
    """Wire the house from settings; raises at start when a key or the list of roles cannot be read."""
    table = tomllib.loads((settings.contracts_dir / "roles.toml").read_text())
    return House(
        key=SigningKey.from_file(settings.auth_private_key_file),
        passwords=Passwords(memory_kib=settings.password_memory_kib, rounds=settings.password_rounds),
        policy=PasswordPolicy(
            minimum=settings.password_minimum, refused=frozenset(word.lower() for word in settings.passwords_refused)
        ),
        roles=RoleBook.read(table),
        lifetimes=Lifetimes(
            idle=settings.session_idle,
            longest=settings.session_longest,
            client_token=settings.client_token_lifetime,
            activation=settings.activation_lifetime,
            reset=settings.reset_lifetime,
        ),
        public_origins=settings.public_origins,
    )
