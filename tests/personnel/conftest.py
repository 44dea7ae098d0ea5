from collections.abc import Callable
from datetime import datetime

import pytest

from chassis.auth import Principal
from testkit.service import ServiceUnderTest
from tests.personnel.builders import Ministry


@pytest.fixture(scope="session")
def service(make_service: Callable[..., ServiceUnderTest]) -> ServiceUnderTest:
    return make_service("personnel")


@pytest.fixture
def ministry(
    service: ServiceUnderTest, agency: str, person: Callable[..., Principal], at: Callable[..., datetime]
) -> Ministry:
    """A registered agency with HR at the keyboard, on a morning in January 2026."""
    service.clock.turn(at(2026, 1, 2, 1))
    return Ministry(service, agency, person).register()
