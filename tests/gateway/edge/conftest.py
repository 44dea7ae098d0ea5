from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from suar_edge.configuration import Limits, Rate, Timeouts
from testkit.service import ServiceUnderTest
from tests.gateway.backends import EchoService, RunningEdge, ServedApp, running_edge
from tests.gateway.builders import Gateway

MANY = Rate("1000r/s", 1000)


@pytest.fixture(scope="session")
def identity(service: ServiceUnderTest) -> Iterator[ServedApp]:
    served = ServedApp(service.app)
    yield served
    served.stop()


@pytest.fixture(scope="session")
def personnel() -> Iterator[EchoService]:
    echo = EchoService("personnel")
    yield echo
    echo.stop()


@pytest.fixture(scope="session")
def edge(
    identity: ServedApp, personnel: EchoService, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningEdge]:
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
def fresh_edge(tmp_path: Path) -> Iterator[Callable[..., RunningEdge]]:
    """Make an edge of one's own."""
    opened: list[AbstractContextManager[RunningEdge]] = []

    def make(upstreams: dict[str, list[str]], **changes: Any) -> RunningEdge:
        context = running_edge(tmp_path / f"edge{len(opened)}", upstreams, **changes)
        opened.append(context)
        return context.__enter__()

    yield make
    for context in reversed(opened):
        context.__exit__(None, None, None)


@pytest.fixture
def token(gateway: Gateway) -> str:
    _, session = gateway.member()
    return session.token


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
