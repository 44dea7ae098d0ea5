import pytest


@pytest.fixture(scope="session")
def service(make_service):
    return make_service("incentive")


@pytest.fixture
def ministry(service, agency, person):
    """A fresh agency on 2 January 2026."""
    from datetime import UTC, datetime

    from tests.incentive.builders import Ministry

    service.clock.turn(datetime(2026, 1, 2, 2, tzinfo=UTC))
    return Ministry(service, agency, person)
