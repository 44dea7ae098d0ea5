"""Each deployable once, with a ministry and Siti's things in it; nothing that a test does is kept."""

import importlib

import pytest


@pytest.fixture(scope="package")
def service_of(make_service, signing_key, tmp_path_factory):
    """Make each deployable once."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    private = tmp_path_factory.mktemp("keys") / "private.pem"
    private.write_bytes(signing_key[0].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    made = {}

    def make(component):
        if component not in made:
            made[component] = make_service(
                component,
                {
                    "AUTH_PRIVATE_KEY_FILE": str(private),
                    "PASSWORD_HASH_MEMORY_KIB": "64",
                    "PASSWORD_HASH_ROUNDS": "1",
                },
            )
        return made[component]

    yield make
    if "gateway" in made:
        made["gateway"].app.extensions["suar_token_lookup"].close()


@pytest.fixture(scope="package")
def scene_of(service_of):
    """Make the scene of each deployable once."""
    made, broken = {}, {}

    def make(component):
        if component in broken:
            pytest.fail(f"the scene of {component} could not be made: {broken[component]}")
        if component not in made:
            table = importlib.import_module(f"tests.access.{component}_table")
            try:
                made[component] = table.make_scene(service_of(component))
            except Exception as error:
                broken[component] = error
                raise
        return made[component]

    return make
