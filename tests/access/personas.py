"""Personas: one person in every relation to Siti, in a small ministry, and somebody of another agency."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from chassis.auth import Principal
from chassis.ids import new_id
from testkit.service import ServiceUnderTest

OWNER = "owner"
FOREIGN = "foreign"
HR_OWNER = "hr_owner"
# the appraiser is an official from outside; Siti has left service; the appraiser has
EXTERNAL, FORMER, FORMER_APPRAISER = "external", "former", "former_appraiser"
# who is the same person as somebody else, in another role
SAME_AS = {HR_OWNER: OWNER, EXTERNAL: "appraiser", FORMER: OWNER, FORMER_APPRAISER: "appraiser"}
NO_EMPLOYEES = {EXTERNAL, FORMER, FORMER_APPRAISER}
# relation: the unit (None for a machine, or an office that is nobody's), and the roles besides that of an employee
RELATIONS: dict[str, tuple[str | None, tuple[str, ...]]] = {
    OWNER: ("unit", ()),
    "appraiser": ("unit", ()),
    "reviewer": ("bureau", ()),
    "subordinate": ("unit", ()),
    "colleague": ("unit", ()),
    "outsider": ("elsewhere", ()),
    "leader": ("root", ("unit_leader",)),
    "other_leader": ("elsewhere", ("unit_leader",)),
    "hr": ("elsewhere", ("hr_officer",)),
    HR_OWNER: ("unit", ("hr_officer",)),
    "inspector": ("elsewhere", ("inspector",)),
    "officer": ("elsewhere", ("wellbeing_officer",)),
    "other_officer": ("elsewhere", ("wellbeing_officer",)),
    "operator": (None, ("operator",)),
    "subscriber": (None, ("subscriber",)),
    "other_subscriber": (None, ("subscriber",)),
    EXTERNAL: (None, ("external_official",)),
    FORMER: (None, ("former_employee",)),
    FORMER_APPRAISER: (None, ("former_employee",)),
    FOREIGN: ("unit", ()),
}
UNIT_OF = {name: unit for name, (unit, _) in RELATIONS.items() if unit}
PEOPLE = " ".join(name for name in UNIT_OF if name != FOREIGN)
# who rates whom, and who rates the rater; the leader two above is nobody's reviewer among Siti's own
SUPERIORS: dict[str, tuple[str | None, str | None]] = {
    OWNER: ("appraiser", "reviewer"),
    "appraiser": ("reviewer", "leader"),
    "reviewer": ("leader", None),
    "subordinate": (OWNER, "appraiser"),
    "colleague": ("appraiser", "reviewer"),
    "outsider": ("other_leader", "leader"),
    "hr": ("other_leader", "leader"),
    "inspector": ("other_leader", "leader"),
    "officer": ("other_leader", "leader"),
    "other_officer": ("other_leader", "leader"),
    "other_leader": ("leader", None),
    "leader": (None, None),
}
UNITS: dict[str, tuple[str | None, str]] = {"root": (None, "leader"), "bureau": ("root", "reviewer"), "unit": ("bureau", "appraiser"),
         "elsewhere": ("root", "other_leader")}  # fmt: skip


@dataclass
class Personas:
    """Two agencies; `ids` are the employees by relation, `units` the units by name."""

    agency: str = field(default_factory=lambda: f"akses-{uuid4().hex[:8]}")
    ids: dict[str, UUID] = field(default_factory=lambda: {name: new_id() for name in SUPERIORS})
    units: dict[str, UUID] = field(default_factory=lambda: {name: new_id() for name in UNITS})
    accounts: dict[str, UUID] = field(default_factory=lambda: {name: new_id() for name in RELATIONS})

    @property
    def foreign_agency(self) -> str:
        return f"{self.agency}-lain"

    def of(self, relation: str, named: AbstractSet[str] = frozenset()) -> Principal:
        """The caller in a relation; whoever is of another agency holds there every role that the route names."""
        if relation == FOREIGN:
            return self.foreigner(named)
        unit, roles = RELATIONS[relation]
        person, same = unit is not None or relation in NO_EMPLOYEES, SAME_AS.get(relation, relation)
        return Principal(
            account_id=self.accounts[same],
            agency_id=self.agency,
            roles=frozenset({*roles, "employee"} if person and relation not in NO_EMPLOYEES else roles),
            employee_id=self.ids[same] if person else None,
            unit_id=self.units[unit] if unit else None,
            kind="client" if "subscriber" in roles else "person",
        )

    def foreigner(self, named: AbstractSet[str]) -> Principal:
        """Roles of people where there are such, for an operator's reach may be every agency."""
        roles = named - {"operator"} or named
        roles = roles - {"subscriber"} or roles
        return Principal(
            account_id=self.accounts[FOREIGN],
            agency_id=self.foreign_agency,
            roles=frozenset(roles),
            employee_id=UUID(int=self.accounts[FOREIGN].int ^ 1),
            kind="client" if roles == {"subscriber"} else "person",
        )

    def everything(self, relation: str) -> Principal:
        """The same person with every role that a person may hold but HR's and oversight."""
        return replace(self.of(relation), roles=frozenset({"employee", "unit_leader", "operator", "wellbeing_officer"}))

    @property
    def names(self) -> dict[str, str]:
        """What rows of a table may name in braces."""
        ids = {name: str(one) for name, one in self.ids.items()}
        return {**ids, **{f"{name}_unit": str(one) for name, one in self.units.items()}, "agency": self.agency}


def directory_events(personas: Personas) -> Iterator[tuple[str, UUID | str, dict[str, Any]]]:
    """Return the ministry as personnel publishes it: (name, subject, data)."""
    for agency in (personas.agency, personas.foreign_agency):
        yield "AgencyChanged", agency, {"agency_id": agency, "name": "Kementerian", "time_zone": "Asia/Jakarta"}
    for name, (parent, leader) in UNITS.items():
        unit = personas.units[name]
        parent_id = str(personas.units[parent]) if parent else None
        stretch = {"code": name, "name": name, "parent_id": parent_id, "leader_id": str(personas.ids[leader])}
        yield "OrgUnitTimelineChanged", unit, {
            "unit_id": str(unit), "changed_from": "2020-01-01",
            "stretches": [{"first_day": "2020-01-01", "last_day": None, **stretch, "active": True}],
        }  # fmt: skip
    for name, (superior, _reviewer) in SUPERIORS.items():
        employee = personas.ids[name]
        yield "EmployeeTimelineChanged", employee, _timeline(personas, name, superior)
        contact = {"employee_id": str(employee), "name": name, "email": f"{name}@contoh.go.id"}
        yield "EmployeeContactChanged", employee, contact


def _timeline(personas: Personas, name: str, superior: str | None) -> dict[str, Any]:
    first_day = "2024-01-02"
    stretch = {
        "first_day": first_day, "last_day": None, "employment_type": "PNS", "status": "ACTIVE", "grade": "III/b",
        "grade_since": "2023-04-01", "superior_id": str(personas.ids[superior]) if superior else None,
        "unit_id": str(personas.units[UNIT_OF[name]]), "position_code": "JF-ASDM-1",
        "position_kind": "JPT_PRATAMA" if name == "leader" else "JF",
        "position_level": None if name == "leader" else "AHLI_PERTAMA", "job_class": 8,
    }  # fmt: skip
    return {
        "employee_id": str(personas.ids[name]), "service_start": "2019-03-01", "changed_from": first_day,
        "cause": "CHANGE", "stretches": [stretch],
    }  # fmt: skip


def deliver_directory(service: ServiceUnderTest, personas: Personas) -> None:
    """Deliver to a service the events of the ministry to which it subscribes."""
    assert service.worker is not None
    subscribed = {
        name for producer, name, _ in service.worker.consumers.subscriptions() if producer in {"personnel", "*"}
    }
    for name, subject, data in directory_events(personas):
        if name in subscribed or "*" in subscribed:
            agency = data.get("agency_id", personas.agency)
            service.deliver(name, {**data, "version": 1}, producer="personnel", agency=agency, subject=subject)
