from __future__ import annotations

import pytest

from suar_edge.configuration import Limits, Rate, Timeouts
from tests.gateway.backends import EchoService, ServedApp, running_edge

MANY = Rate("1000r/s", 1000)


@pytest.fixture(scope="session")
def identity(service):
    served = ServedApp(service.app)
    yield served
    served.stop()


@pytest.fixture(scope="session")
def personnel():
    echo = EchoService("personnel")
    yield echo
    echo.stop()


@pytest.fixture(scope="session")
def edge(identity, personnel, tmp_path_factory):
    """The edge of most tests: short cache, short timeouts, high limits."""
    with running_edge(
        tmp_path_factory.mktemp("edge"),
        {"identity": [identity.address], "personnel": [personnel.address], "training": ["127.0.0.1:9"]},
        authorisation_seconds=1,
        limits=Limits(sign_in=MANY, anonymous=MANY, credentials=MANY),
        timeouts=Timeouts(read="1s"),
    ) as running:
        yield running


@pytest.fixture
def fresh_edge(tmp_path):
    """Make an edge of one's own."""
    opened = []

    def make(upstreams, **changes):
        context = running_edge(tmp_path / f"edge{len(opened)}", upstreams, **changes)
        opened.append(context)
        return context.__enter__()

    yield make
    for context in reversed(opened):
        context.__exit__(None, None, None)


@pytest.fixture
def token(gateway):
    _, session = gateway.member()
    return session.token


def bearer(token):
    return {"Authorization": f"Bearer {token}"}
