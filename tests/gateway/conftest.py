from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chassis.auth import Principal
from testkit.service import ServiceUnderTest
from tests.gateway.builders import Gateway


@pytest.fixture(scope="session")
def identity_environment(private_key_file: Path) -> dict[str, str]:
    return {
        "AUTH_PRIVATE_KEY_FILE": str(private_key_file),
        "COOKIE_SECURE": "false",
        "PASSWORD_HASH_MEMORY_KIB": "64",
        "PASSWORD_HASH_ROUNDS": "1",
    }


@pytest.fixture(scope="session")
def service(
    make_service: Callable[..., ServiceUnderTest], identity_environment: dict[str, str]
) -> Iterator[ServiceUnderTest]:
    made = make_service("gateway", identity_environment)
    yield made
    made.app.extensions["suar_token_lookup"].close()


class RealTime:
    """The real time, moved on by a test."""

    def __init__(self) -> None:
        self.shift = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.shift

    def advance(self, **parts: float) -> None:
        self.shift += timedelta(**parts)


@pytest.fixture
def real_time(service: ServiceUnderTest) -> Iterator[RealTime]:
    services = service.app.extensions["suar_services"]
    moved = RealTime()
    service.app.extensions["suar_services"] = replace(services, now=moved)
    yield moved
    service.app.extensions["suar_services"] = services


@pytest.fixture
def gateway(service: ServiceUnderTest, agency: str, person: Callable[..., Principal]) -> Gateway:
    return Gateway(service, agency, person)


def environment_of(
    service: ServiceUnderTest, identity_environment: dict[str, str], signing_key: tuple[Ed25519PrivateKey, Path]
) -> dict[str, str]:
    """The settings of the service under test, as a command would find them."""
    settings = service.app.extensions["suar_settings"]
    return {
        **identity_environment,
        "IDENTITY_DATABASE_URL": settings.database_url,
        "AUTH_PUBLIC_KEY_FILE": str(signing_key[1]),
        "CONTRACTS_DIR": str(settings.contracts_dir),
        "SUAR_MODE": "test",
    }
