"""The appraisal service in one process, and a bureau of people to play with."""

import pytest

from tests.appraisal.builders import Bureau


@pytest.fixture(scope="session")
def service(make_service):
    return make_service("appraisal")


@pytest.fixture
def bureau(service, agency, person, at):
    """A bureau with a head, a subdivision head and Siti, on 12 January 2026 in Jakarta."""
    service.clock.turn(at(2026, 1, 12, 2))
    return Bureau.found(service, agency, person)
