"""A mail server, somebody with an address, and a clock that goes back, for tests of e-mail that waits."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from chassis.auth import Principal
from chassis.bus.envelope import Event
from notification.clients.smtp import SmtpServer
from notification.use_cases.emails.deliver import PostOffice
from testkit.service import ServiceUnderTest
from tests.notification.builders import contact
from tests.notification.component.mails import HEAD, Sink, start


@pytest.fixture
def sink() -> Iterator[Sink]:
    found = Sink()
    controller = start(found)
    yield found
    controller.stop()


@pytest.fixture
def office(sink: Sink) -> PostOffice:
    return PostOffice(SmtpServer.parse(f"smtp://127.0.0.1:{sink.port}"), HEAD, timeout=5)


@pytest.fixture
def siti(person: Callable[..., Principal], consume: Callable[..., Event]) -> Principal:
    found = person()
    assert found.employee_id is not None
    consume("personnel", "EmployeeContactChanged", contact(found.employee_id))
    return found


@pytest.fixture
def clock(service: ServiceUnderTest) -> Iterator[Callable[[str], None]]:
    """Turn the clock to a moment in UTC, and let its timers fire; it goes back afterwards. Other mail is left out."""
    with service.work.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM email_queue"))
        connection.execute(text("DELETE FROM timer WHERE kind IN ('email_digest', 'quiet_hours_end')"))
    before = service.clock.now()

    def turn(moment: str) -> None:
        service.clock.freeze(datetime.fromisoformat(moment).replace(tzinfo=UTC))
        service.run_timers()

    yield turn
    service.clock.turn(before)
