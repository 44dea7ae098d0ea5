from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from chassis.auth import Principal
from testkit.service import ServiceUnderTest
from tests.incentive.builders import Ministry


@pytest.fixture(scope="session")
def service(make_service: Callable[..., ServiceUnderTest]) -> ServiceUnderTest:
    return make_service("incentive")


@pytest.fixture
def ministry(service: ServiceUnderTest, agency: str, person: Callable[..., Principal]) -> Ministry:
    """Make a new agency on 2 January 2026."""
    service.clock.turn(datetime(2026, 1, 2, 2, tzinfo=UTC))
    return Ministry(service, agency, person)
