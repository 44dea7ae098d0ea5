from collections.abc import Callable

import pytest

from chassis.auth import Principal
from testkit.service import ServiceUnderTest
from tests.training.builders import World


@pytest.fixture
def world(service: ServiceUnderTest, agency: str, person: Callable[..., Principal]) -> World:
    return World(service, agency, person)
