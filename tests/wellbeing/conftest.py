from collections.abc import Callable

import pytest

from testkit.service import ServiceUnderTest


@pytest.fixture(scope="session")
def service(make_service: Callable[[str], ServiceUnderTest]) -> ServiceUnderTest:
    return make_service("wellbeing")
