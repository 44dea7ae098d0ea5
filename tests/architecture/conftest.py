"""The whole product, looked at without a database: applications are made, but nothing connects."""

import importlib

import pytest

from chassis.settings import load
from tests.architecture.layout import ROOT


@pytest.fixture(scope="session")
def app_of(signing_key, tmp_path_factory):
    """Make the application of a component; its database is named and never asked."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key, public = signing_key
    private = tmp_path_factory.mktemp("keys") / "private.pem"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    made = {}

    def make(component):
        if component not in made:
            module = importlib.import_module(f"{component}.settings")
            environ = {
                f"{module.SERVICE.upper()}_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
                "SUAR_MODE": "test",
                "CLOCK_FILE": str(private.with_name("clock.json")),
                "AUTH_PUBLIC_KEY_FILE": str(public),
                "AUTH_PRIVATE_KEY_FILE": str(private),
                "CONTRACTS_DIR": str(ROOT / "contracts"),
            }
            settings = load(module.Settings, module.SERVICE, environ)
            made[component] = importlib.import_module(f"{component}.app").create_app(settings)
        return made[component]

    return make
