"""Every documented operation of every deployable, asked with whatever hypothesis can think of."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from testkit.service import ServiceUnderTest
from tests.fuzz.callers import AGENCY


@pytest.fixture(scope="session")
def service_of(
    make_service: Callable[..., ServiceUnderTest], private_key_file: Path
) -> Callable[[str], ServiceUnderTest]:
    """Make each deployable once, with an agency, a unit and two people, so that requests get past the role check."""
    made: dict[str, ServiceUnderTest] = {}

    def make(component: str) -> ServiceUnderTest:
        if component not in made:
            made[component] = make_service(component, {"AUTH_PRIVATE_KEY_FILE": str(private_key_file)})
            introduce(made[component])
        return made[component]

    return make


def introduce(service: ServiceUnderTest) -> None:
    """Deliver to a service who is there."""
    me, superior, unit = UUID(int=2), UUID(int=4), UUID(int=3)
    deliver = partial(service.deliver, producer="personnel", agency=AGENCY)
    agency = {"agency_id": AGENCY, "name": "Uji", "time_zone": "Asia/Jakarta", "version": 1}
    deliver("AgencyChanged", agency, subject=AGENCY)
    place = {"unit_id": str(unit), "parent_id": None, "code": "01", "name": "Biro", "leader_id": str(superior)}
    deliver("OrgUnitTimelineChanged", _timeline({**place, "active": True}, "unit_id"), subject=unit)
    for person in (me, superior):
        values = {
            "employee_id": str(person),
            "unit_id": str(unit),
            "position_code": "JF-1",
            "position_kind": "JF",
            "position_level": "AHLI_PERTAMA",
            "job_class": 8,
            "employment_type": "PNS",
            "status": "ACTIVE",
            "grade": "III/b",
            "grade_since": "2023-04-01",
            "superior_id": str(superior) if person == me else None,
        }
        timeline = {**_timeline(values, "employee_id"), "service_start": "2019-03-01", "cause": "CHANGE"}
        deliver("EmployeeTimelineChanged", timeline, subject=person)


def _timeline(values: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the data of a timeline of one stretch, in which these values have held for long."""
    first_day = "2020-03-01"
    stretch = {"first_day": first_day, "last_day": None, **values}
    return {key: stretch.pop(key), "changed_from": first_day, "stretches": [stretch], "version": 1}
