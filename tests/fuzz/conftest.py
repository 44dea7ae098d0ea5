"""Every documented operation of every deployable, asked with whatever hypothesis can think of."""

from uuid import UUID

import pytest

from tests.fuzz.callers import AGENCY


@pytest.fixture(scope="session")
def service_of(make_service, signing_key, tmp_path_factory):
    """Make each deployable once, told of an agency, a unit and two people, so that requests get past the door."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    private = tmp_path_factory.mktemp("keys") / "private.pem"
    private.write_bytes(signing_key[0].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    made = {}

    def make(component):
        if component not in made:
            made[component] = make_service(component, {"AUTH_PRIVATE_KEY_FILE": str(private)})
            if component != "gateway":
                introduce(made[component])
        return made[component]

    return make


def introduce(service):
    """Let a service hear who is there."""
    me, superior, unit = UUID(int=2), UUID(int=4), UUID(int=3)
    tell = {"producer": "personnel", "agency": AGENCY}
    agency = {"agency_id": AGENCY, "name": "Uji", "time_zone": "Asia/Jakarta", "version": 1}
    service.deliver("AgencyChanged", agency, subject=AGENCY, **tell)
    place = {"unit_id": str(unit), "parent_id": None, "code": "01", "name": "Biro", "leader_id": str(superior)}
    service.deliver("OrgUnitChanged", {**place, "active": True, "version": 1}, subject=unit, **tell)
    for person in (me, superior):
        state = {"employee_id": str(person), "employment_type": "PNS", "status": "ACTIVE", "grade": "III/b"}
        dates = {"grade_since": "2023-04-01", "service_start": "2019-03-01", "version": 1}
        service.deliver("EmployeeChanged", {**state, **dates}, subject=person, **tell)
        post = {
            "employee_id": str(person),
            "unit_id": str(unit),
            "position_code": "JF-1",
            "position_kind": "JF",
            "position_level": "AHLI_PERTAMA",
            "job_class": 8,
            "appraiser_id": str(superior) if person == me else None,
            "reviewer_id": None,
            "effective_from": "2020-03-01",
            "version": 1,
        }
        service.deliver("AssignmentChanged", post, subject=person, **tell)
