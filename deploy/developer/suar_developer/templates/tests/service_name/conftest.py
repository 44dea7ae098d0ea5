from collections.abc import Callable

import pytest

from testkit.service import ServiceUnderTest


@pytest.fixture(scope="session")
def service(make_service: Callable[..., ServiceUnderTest]) -> ServiceUnderTest:
    return make_service("service_name")
