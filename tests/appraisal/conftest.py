"""The appraisal service in one process, and a bureau of people."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import text

from appraisal.clients import PersonnelNames
from appraisal.domain.errors import PaperNamesUnavailable
from appraisal.domain.paper_people import PaperName
from testkit.service import ServiceUnderTest
from tests.appraisal.builders import Bureau, MakePerson
from tests.appraisal.component.papers import HEAD_NIP, SITI_NIP


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


@dataclass
class Registry:
    """What personnel would answer about names; `asked` counts the questions."""

    known: dict[UUID, PaperName]
    asked: int = 0
    away: bool = False

    def of(self, people: Collection[UUID]) -> dict[UUID, PaperName]:
        self.asked += 1
        if self.away:
            raise PaperNamesUnavailable
        return {one: self.known[one] for one in people if one in self.known}


@pytest.fixture
def names(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> Registry:
    assert bureau.siti.employee_id is not None
    assert bureau.head.employee_id is not None
    siti = PaperName("Siti Rahmania", "Analis SDM Ahli Pertama", "Subbagian", SITI_NIP, "JF-SDM")
    head = PaperName("Bambang Prasetyo", "Kepala Subbagian", "Subbagian", HEAD_NIP, "X")
    registry = Registry({bureau.siti.employee_id: siti, bureau.head.employee_id: head})
    monkeypatch.setattr(PersonnelNames, "of", lambda _client, people: registry.of(people))
    return registry
