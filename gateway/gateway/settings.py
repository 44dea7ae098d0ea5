"""Settings of identity, from its environment."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from chassis.settings import BaseSettings, Mode, SettingsError, setting
from suar_edge.upstreams import parse_upstreams

SERVICE = "identity"


def _minutes(text: str) -> timedelta:
    return timedelta(minutes=float(text))


def _words(text: str) -> frozenset[str]:
    return frozenset(filter(None, (word.strip() for word in text.split(","))))


def _boolean(text: str) -> bool:
    if text.lower() not in {"true", "false", "1", "0"}:
        raise ValueError("write true or false")
    return text.lower() in {"true", "1"}


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    auth_private_key_file: Path = setting(
        "AUTH_PRIVATE_KEY_FILE", parse=Path, help="PEM of the key that signs internal tokens"
    )
    second_factor_key_file: Path | None = setting(
        "SECOND_FACTOR_KEY_FILE",
        default=None,
        parse=Path,
        help="any secret that seals second factors; without it AUTH_PRIVATE_KEY_FILE, whose rotation then ends them",
    )
    cookie_secure: bool = setting(
        "COOKIE_SECURE",
        default=True,
        parse=_boolean,
        help="false only in demo and test, where the edge speaks plain HTTP",
    )
    public_origins: frozenset[str] = setting(
        "PUBLIC_ORIGINS",
        default=frozenset(),
        parse=_words,
        help="origins of our own pages; empty: the address we are called by",
    )
    session_idle: timedelta = setting(
        "SESSION_IDLE_MINUTES", default=timedelta(hours=1), parse=_minutes, help="a session unused for so long ends"
    )
    session_longest: timedelta = setting(
        "SESSION_LONGEST_MINUTES",
        default=timedelta(hours=12),
        parse=_minutes,
        help="a session ends after so long in any case",
    )
    client_token_lifetime: timedelta = setting(
        "CLIENT_TOKEN_MINUTES",
        default=timedelta(hours=1),
        parse=_minutes,
        help="how long an API client's token is good",
    )
    activation_lifetime: timedelta = setting(
        "ACTIVATION_CODE_MINUTES",
        default=timedelta(days=14),
        parse=_minutes,
        help="how long an activation code is good",
    )
    reset_lifetime: timedelta = setting(
        "RESET_CODE_MINUTES", default=timedelta(days=1), parse=_minutes, help="how long a reset code is good"
    )
    password_minimum: int = setting("PASSWORD_MINIMUM", default=12, parse=int, help="shortest password")
    passwords_refused: frozenset[str] = setting(
        "PASSWORDS_REFUSED", default=frozenset(), parse=_words, help="further words refused as passwords, with commas"
    )
    password_memory_kib: int = setting(
        "PASSWORD_HASH_MEMORY_KIB", default=19456, parse=int, help="memory of one Argon2id hash"
    )
    password_rounds: int = setting("PASSWORD_HASH_ROUNDS", default=2, parse=int, help="passes of one Argon2id hash")
    readiness_targets: dict[str, list[str]] | None = setting(
        "READINESS_TARGETS", default=None, parse=parse_upstreams, help="service=address,… asked by /readyz"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.mode is Mode.PRODUCTION and not self.cookie_secure:
            raise SettingsError(
                "COOKIE_SECURE is false, but SUAR_MODE is production: a session must not travel in the clear"
            )
