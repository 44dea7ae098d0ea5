"""The tree of units: every leader has between 5 and 12 people directly below, and the sizes add up exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from suar_sample.catalogue import catalogue

SPAN = (5, 12)
SMALLEST, LARGEST_LEAF = SPAN[0] + 1, SPAN[1] + 1
DEEPEST = 5
PEOPLE_PER_TOP_UNIT = 160
HR_BUREAU_DIRECT_STAFF = 3
TEAM_SHARE = 0.5
SENIOR_LEVELS = {1: "JPT_MADYA", 2: "JPT_PRATAMA"}
DIVISION_LEVEL = 3


@dataclass
class UnitPlan:
    """A unit before it has people: how many report directly, and which units are below."""

    code: str
    name: str
    parent: str
    level: int
    leader_kind: str
    staff: int
    children: list["UnitPlan"] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Everybody in the unit and below, the leader included."""
        return 1 + self.staff + sum(child.size for child in self.children)

    def walk(self) -> Iterator["UnitPlan"]:
        yield self
        for child in self.children:
            yield from child.walk()


def capacity(level: int) -> int:
    """The most people that a unit of this level can hold with no leader above the widest span."""
    return LARGEST_LEAF if level >= DEEPEST else 1 + SPAN[1] * capacity(level + 1)


def split(people: int, level: int, rng: Random, fixed: Sequence[int] = ()) -> tuple[int, list[int]]:
    """Share the people below a leader out into direct staff and the sizes of further units below."""
    below = people - 1 - sum(fixed)
    if not fixed and SMALLEST <= people <= LARGEST_LEAF:
        return below, []
    options = [
        (staff, units)
        for units in range(SPAN[1] - len(fixed) + 1)
        for staff in range(SPAN[1] - len(fixed) - units + 1)
        if SPAN[0] <= staff + units + len(fixed)
        and units * SMALLEST <= below - staff <= units * capacity(level + 1)
        and (units > 0 or below == staff)
    ]
    if not options:
        raise ValueError(f"{people} people do not fit a unit of level {level}")
    few_staff = min(staff for staff, _ in options)
    options = [option for option in options if option[0] <= few_staff + 2]
    fewest = sorted({units for _, units in options})[:3]
    staff, units = rng.choice([option for option in options if option[1] in fewest])
    return staff, _shares(below - staff, units, capacity(level + 1), rng)


def _shares(total: int, parts: int, largest: int, rng: Random) -> list[int]:
    if parts == 0:
        return []
    sizes = [total // parts + (1 if i < total % parts else 0) for i in range(parts)]
    for _ in range(parts * 2):
        giver, taker = rng.randrange(parts), rng.randrange(parts)
        room = min(sizes[giver] - SMALLEST, largest - sizes[taker])
        if giver != taker and room > 0:
            moved = rng.randint(0, min(room, max(1, sizes[giver] // 4)))
            sizes[giver] -= moved
            sizes[taker] += moved
    return sizes


def plan_ministry(employees: int, rng: Random) -> list[UnitPlan]:
    """The top units of the ministry, the secretariat with the bureau of Siti's team first."""
    units = catalogue("units")
    others = units["echelon_one"]
    count = max(1, min(len(others) + 1, round(employees / PEOPLE_PER_TOP_UNIT)))
    sizes = sorted(_shares(employees, count, employees, rng), reverse=True)
    secretariat = UnitPlan("01", units["secretariat"], "00", 1, "JPT_MADYA", 0)
    bureau = _hr_bureau("01.01", units)
    secretariat.staff, below = split(sizes[0], 1, rng, fixed=(bureau.size,))
    secretariat.children = [bureau]
    for number, size in enumerate(below, 2):
        secretariat.children.append(_unit(size, 2, f"01.{number:02d}", secretariat, rng, _bureau_name(number - 2)))
    top = [secretariat]
    for number, (size, spec) in enumerate(zip(sizes[1:], others, strict=False), 2):
        top.append(_top_unit(size, f"{number:02d}", spec, rng))
    return top


def _hr_bureau(code: str, units: dict[str, Any]) -> UnitPlan:
    bureau = UnitPlan(code, units["hr_bureau"], "01", 2, "JPT_PRATAMA", HR_BUREAU_DIRECT_STAFF)
    bureau.children = [
        UnitPlan(f"{code}.{number:02d}", spec["name"], code, 3, "PENGAWAS", spec["size"] - 1)
        for number, spec in enumerate(units["hr_units"], 1)
    ]
    return bureau


def _top_unit(size: int, code: str, spec: dict[str, Any], rng: Random) -> UnitPlan:
    unit = UnitPlan(code, spec["name"], "00", 1, "JPT_MADYA", 0)
    unit.staff, below = split(size, 1, rng)
    for number, child in enumerate(below, 1):
        name = f"Sekretariat {spec['name']}" if number == 1 else _topic_name(spec, number - 2)
        unit.children.append(_unit(child, 2, f"{code}.{number:02d}", unit, rng, name))
    return unit


def _unit(size: int, level: int, code: str, parent: UnitPlan, rng: Random, name: str) -> UnitPlan:
    unit = UnitPlan(code, name, parent.code, level, _leader_kind(level, name), 0)
    unit.staff, below = split(size, level, rng)
    first = rng.randrange(100)
    for number, child in enumerate(below, 1):
        child_name = _part_name(level + 1, child, first + number, code, rng)
        unit.children.append(_unit(child, level + 1, f"{code}.{number:02d}", unit, rng, child_name))
    return unit


def _leader_kind(level: int, name: str) -> str:
    if name.startswith("Tim "):
        return "TEAM"
    if level in SENIOR_LEVELS:
        return SENIOR_LEVELS[level]
    return "PENGAWAS" if name.startswith(("Subbagian", "Seksi")) else "ADMINISTRATOR"


def _bureau_name(index: int) -> str:
    names = catalogue("units")["bureaus"]["names"]
    return _numbered(names[index % len(names)], index // len(names))


def _topic_name(spec: dict[str, Any], index: int) -> str:
    topic = spec["topics"][index % len(spec["topics"])]
    if topic.startswith("Inspektorat"):
        return _numbered(topic, index // len(spec["topics"]))
    prefix = {"Direktorat": "Direktorat", "Inspektorat": "Inspektorat Bidang", "Badan": "Pusat"}[
        spec["name"].split()[0]
    ]
    return _numbered(f"{prefix} {topic}", index // len(spec["topics"]))


def _part_name(level: int, size: int, index: int, parent_code: str, rng: Random) -> str:
    parts = catalogue("units")["parts"]
    work = parts["work"][index % len(parts["work"])]
    if level == DIVISION_LEVEL and size > LARGEST_LEAF:
        return f"{'Bagian' if parent_code.startswith('01') else 'Subdirektorat'} {work}"
    if size <= LARGEST_LEAF and (level >= DEEPEST or rng.random() < TEAM_SHARE):
        return f"Tim Kerja {work} {parts['regions'][index % len(parts['regions'])]}"
    return f"Subbagian {work}" if parent_code.startswith("01") else f"Seksi {work} {parts['regions'][index % 16]}"


def _numbered(name: str, again: int) -> str:
    return name if again == 0 else f"{name} {again + 1}"
