"""Each deployable once, with a ministry and Siti's things in it; nothing that a test does is kept."""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from testkit.service import ServiceUnderTest
from tests.access.rows import Scene


@pytest.fixture(scope="package")
def service_of(
    make_service: Callable[..., ServiceUnderTest], private_key_file: Path
) -> Iterator[Callable[[str], ServiceUnderTest]]:
    """Make each deployable once."""
    made: dict[str, ServiceUnderTest] = {}

    def make(component: str) -> ServiceUnderTest:
        if component not in made:
            made[component] = make_service(
                component,
                {
                    "AUTH_PRIVATE_KEY_FILE": str(private_key_file),
                    "PASSWORD_HASH_MEMORY_KIB": "64",
                    "PASSWORD_HASH_ROUNDS": "1",
                },
            )
        return made[component]

    yield make
    if "gateway" in made:
        made["gateway"].app.extensions["suar_token_lookup"].close()


@pytest.fixture(scope="package")
def scene_of(service_of: Callable[[str], ServiceUnderTest]) -> Callable[[str], Scene]:
    """Make the scene of each deployable once."""
    made: dict[str, Scene] = {}
    broken: dict[str, Exception] = {}

    def make(component: str) -> Scene:
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
