"""The appraisal service in one process, and a bureau of people."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import text

from testkit.service import ServiceUnderTest
from tests.appraisal.builders import Bureau, MakePerson


@pytest.fixture(scope="session")
def service(make_service: Callable[..., ServiceUnderTest]) -> ServiceUnderTest:
    return make_service("appraisal")


@pytest.fixture
def bureau(service: ServiceUnderTest, agency: str, person: MakePerson, at: Callable[..., datetime]) -> Bureau:
    """A bureau with a head, a subdivision head and Siti, on 12 January 2026 in Jakarta.

    Agencies of earlier tests are left alone: neither their midnights nor their mornings come to pass once more.
    """
    with service.work.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM timer WHERE kind IN ('obligations_daily', 'reminders')"))
        connection.execute(text("DELETE FROM job WHERE kind = 'remind_people'"))
    service.clock.turn(at(2026, 1, 12, 2))
    return Bureau.found(service, agency, person)
