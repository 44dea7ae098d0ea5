from collections.abc import Callable

import pytest

from chassis.auth import Principal
from testkit.service import ServiceUnderTest
from tests.training.builders import Context


@pytest.fixture
def context(service: ServiceUnderTest, agency: str, person: Callable[..., Principal]) -> Context:
    return Context(service, agency, person)
