"""The whole product, looked at without a database: applications are made, but nothing connects."""

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask

from chassis.settings import load
from tests.architecture.layout import ROOT


@pytest.fixture(scope="session")
def app_of(signing_key: tuple[Ed25519PrivateKey, Path], private_key_file: Path) -> Callable[[str], Flask]:
    """Make the application of a component; its database is named and never asked."""
    made: dict[str, Flask] = {}

    def make(component: str) -> Flask:
        if component not in made:
            module = importlib.import_module(f"{component}.settings")
            environ = {
                f"{module.SERVICE.upper()}_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
                "SUAR_MODE": "test",
                "CLOCK_FILE": str(private_key_file.with_name("clock.json")),
                "AUTH_PUBLIC_KEY_FILE": str(signing_key[1]),
                "AUTH_PRIVATE_KEY_FILE": str(private_key_file),
                "CONTRACTS_DIR": str(ROOT / "contracts"),
            }
            settings = load(module.Settings, module.SERVICE, environ)
            made[component] = importlib.import_module(f"{component}.app").create_app(settings)
        return made[component]

    return make
