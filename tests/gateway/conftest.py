from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.gateway.builders import Gateway


@pytest.fixture(scope="session")
def private_key_file(signing_key, tmp_path_factory):
    key, _ = signing_key
    path = tmp_path_factory.mktemp("private") / "private.pem"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path


@pytest.fixture(scope="session")
def identity_environment(private_key_file):
    return {
        "AUTH_PRIVATE_KEY_FILE": str(private_key_file),
        "COOKIE_SECURE": "false",
        "PASSWORD_HASH_MEMORY_KIB": "64",
        "PASSWORD_HASH_ROUNDS": "1",
    }


@pytest.fixture(scope="session")
def service(make_service, identity_environment):
    made = make_service("gateway", identity_environment)
    yield made
    made.app.extensions["suar_token_lookup"].close()


class RealTime:
    """The real time, moved on by a test."""

    def __init__(self):
        self.shift = timedelta()

    def __call__(self):
        return datetime.now(UTC) + self.shift

    def advance(self, **parts):
        self.shift += timedelta(**parts)


@pytest.fixture
def real_time(service):
    services = service.app.extensions["suar_services"]
    moved = RealTime()
    service.app.extensions["suar_services"] = replace(services, now=moved)
    yield moved
    service.app.extensions["suar_services"] = services


@pytest.fixture
def gateway(service, agency, person):
    return Gateway(service, agency, person)


def environment_of(service, identity_environment, signing_key):
    """The settings of the service under test, as a command would find them."""
    settings = service.app.extensions["suar_settings"]
    return {
        **identity_environment,
        "IDENTITY_DATABASE_URL": settings.database_url,
        "AUTH_PUBLIC_KEY_FILE": str(signing_key[1]),
        "CONTRACTS_DIR": str(settings.contracts_dir),
        "SUAR_MODE": "test",
    }
