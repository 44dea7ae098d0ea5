"""The services that keep people's time, each on a database of its own, and the lives that they all receive."""

from collections.abc import Callable, Generator
from typing import Any

import pytest

from testkit.plugin import add_to_summary
from testkit.service import ServiceUnderTest
from tests.law.lives import IS_LONG, LIVES, SEED, Life, random_lives

REPEAT = f"{'SUAR_LAW=long ' if IS_LONG else ''}SUAR_LAW_SEED={SEED} SUAR_LAW_LIVES={LIVES}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Print with a failure how the same lives are played again."""
    report = yield
    if report.failed:
        report.sections.append(("the same lives again", f"{REPEAT} ./suar test --no-check {item.nodeid}"))
    return report


@pytest.fixture(scope="session")
def lives(pytestconfig: pytest.Config) -> list[Life]:
    """The lives of this run; its seed is printed, and SUAR_LAW_SEED repeats them."""
    found = random_lives()
    add_to_summary(pytestconfig, f"law: {len(found)} lives, SUAR_LAW_SEED={SEED}")
    return found


@pytest.fixture(scope="session")
def appraisal(make_service: Callable[..., ServiceUnderTest]) -> ServiceUnderTest:
    return make_service("appraisal")


@pytest.fixture(scope="session")
def training(make_service: Callable[..., ServiceUnderTest]) -> ServiceUnderTest:
    return make_service("training")


@pytest.fixture(scope="session")
def incentive(make_service: Callable[..., ServiceUnderTest]) -> ServiceUnderTest:
    return make_service("incentive")
