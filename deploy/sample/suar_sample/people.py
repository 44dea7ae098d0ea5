"""One civil servant: a career whose dates, grade, level and position agree with one another."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from suar_sample.catalogue import catalogue
from suar_sample.grades import ENTRY, GRADES, PPPK_ENTRY, YEARS_PER_STEP, grade_after, steps_between
from suar_sample.naming import Addresses, draw_name
from suar_sample.nip import NipRegistry

EMPLOYMENT_SHARES = {"PPPK": 0.40, "EXECUTIVE": 0.345, "PART_TIME_OF_PPPK": 0.12, "CPNS_OF_PNS": 0.025}
STATUS_SHARES = {"STUDY_LEAVE": 0.006, "UNPAID_LEAVE": 0.003, "SUSPENDED": 0.001}
ENTRY_AGES = {"SMA": (19, 25), "D3": (22, 28), "S1": (23, 30), "S2": (25, 30)}
PPPK_ENTRY_AGES = (23, 38)
FEMALE_SHARE = 0.55
OLDEST, OLDEST_SENIOR = 57, 59
SENIOR_GRADES = frozenset({"IV/a", "IV/b", "IV/c", "IV/d", "IV/e"})
EXPERT_LEVELS = {"AHLI_PERTAMA": 55, "AHLI_MUDA": 20, "AHLI_MADYA": 8}
SKILLED_LEVELS = {"PEMULA": 3, "TERAMPIL": 20, "MAHIR": 8, "PENYELIA": 4}


@dataclass(frozen=True, slots=True)
class Post:
    """A position as the files name it."""

    code: str
    name: str
    kind: str
    level: str
    job_class: int
    education: str


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the employees' file, in Python's own types."""

    nip: str
    name: str
    email: str
    unit: str
    post: Post
    grade: str
    grade_since: date
    superior: str
    employment: str
    status: str
    service_start: date
    post_since: date
    agency: str
    female: bool


def leader_post(kind: str, unit_name: str, unit_code: str) -> Post:
    """The post of a unit's head; the head of a team is a senior specialist, as in agencies without subdivisions."""
    if kind == "TEAM":
        return specialist_post("ASDM" if "Kepegawaian" in unit_name else "AKBJ", "AHLI_MUDA")
    spec = catalogue("positions")["leader"][kind]
    code = f"{spec['code']}-{unit_code}"
    return Post(code, _title(unit_name), kind, "", spec["job_class"], spec["education"])


def _title(unit_name: str) -> str:
    """What the head of a unit is called: Direktur of a Direktorat, Kepala of most others."""
    for unit, head in {"Sekretariat": "Sekretaris", "Direktorat": "Direktur", "Inspektorat": "Inspektur"}.items():
        if unit_name.startswith(f"{unit} "):
            return f"{head} {unit_name.removeprefix(unit).strip()}"
    return f"Kepala {unit_name}"


def specialist_post(family: str, level: str) -> Post:
    """A functional position of one family and level."""
    positions = catalogue("positions")
    spec = positions["level"][level]
    expert = level.startswith("AHLI")
    name = positions["expert_families" if expert else "skilled_families"][family]
    code = f"JF-{family}-{positions['level_code'][level]}"
    return Post(code, f"{name} {spec['label']}", "JF", level, spec["job_class"], spec["education"])


def executive_post(code: str) -> Post:
    """An executive position (pelaksana)."""
    spec = catalogue("positions")["executive"][code]
    return Post(f"PLK-{code}", spec["name"], "PELAKSANA", "", spec["job_class"], spec["education"])


@dataclass
class Career:
    """Makes people: the random numbers, the numbers given out so far, and the day the files are made for."""

    rng: Random
    registry: NipRegistry
    addresses: Addresses
    today: date
    agency: str

    def leader(self, kind: str, unit_name: str, unit_code: str, superior: str) -> Person:
        post = leader_post(kind, unit_name, unit_code)
        grades = catalogue("positions")["level"][post.level]["grades"] if post.level else _leader_grades(kind)
        return self._permanent(post, self.rng.choice(grades), unit_code, superior)

    def member(self, unit_code: str, superior: str, highest_class: int) -> Person:
        """Somebody below a leader, never in a higher job class than the leader."""
        if self.rng.random() < EMPLOYMENT_SHARES["PPPK"]:
            return self._contract(self._contract_post(), unit_code, superior)
        if self.rng.random() < EMPLOYMENT_SHARES["EXECUTIVE"]:
            return self._executive(unit_code, superior)
        levels = {
            level: weight
            for level, weight in (EXPERT_LEVELS | SKILLED_LEVELS).items()
            if catalogue("positions")["level"][level]["job_class"] <= highest_class
        }
        level = self.rng.choices(list(levels), weights=list(levels.values()))[0]
        post = specialist_post(self._family(level), level)
        person = self._permanent(post, self.rng.choice(_level(level)["grades"]), unit_code, superior)
        return self._maybe_candidate(person)

    def with_status(self, person: Person) -> Person:
        """Now and then somebody is away for long."""
        drawn = self.rng.random()
        for status, share in STATUS_SHARES.items():
            if drawn < share and person.employment == "PNS":
                return replace(person, status=status)
            drawn -= share
        return person

    def _executive(self, unit_code: str, superior: str) -> Person:
        post = executive_post(self.rng.choice(list(catalogue("positions")["executive"])))
        years = self.rng.randint(0, 27)
        person = self._permanent(post, grade_after(post.education, years), unit_code, superior)
        return self._maybe_candidate(person)

    def _contract_post(self) -> Post:
        if self.rng.random() < EMPLOYMENT_SHARES["EXECUTIVE"]:
            return executive_post(self.rng.choice(list(catalogue("positions")["executive"])))
        level = self.rng.choice(["AHLI_PERTAMA", "AHLI_PERTAMA", "AHLI_PERTAMA", "TERAMPIL"])
        return specialist_post(self._family(level), level)

    def _family(self, level: str) -> str:
        families: dict[str, str] = catalogue("positions")[
            "expert_families" if level.startswith("AHLI") else "skilled_families"
        ]
        return self.rng.choice(list(families))

    def _permanent(self, post: Post, grade: str, unit: str, superior: str) -> Person:
        education = _education_for(post.education, grade)
        steps = steps_between(ENTRY[education], grade)
        oldest = OLDEST_SENIOR if grade in SENIOR_GRADES else OLDEST
        while True:
            served = int(365.25 * steps * YEARS_PER_STEP) + self.rng.randint(31, 1400)
            start = (self.today - timedelta(days=served)).replace(day=1)
            age = self.rng.randint(*ENTRY_AGES[education])
            born = self._birthday(start, age)
            if (self.today - born).days / 365.25 < oldest:
                break
        since = min(_years_later(start, steps * YEARS_PER_STEP), self._latest)
        return self._person(post, born, start, grade, since, unit, superior, education, contract=False)

    def _contract(self, post: Post, unit: str, superior: str) -> Person:
        part_time = self.rng.random() < EMPLOYMENT_SHARES["PART_TIME_OF_PPPK"]
        year = self.today.year - 1 if part_time else self.today.year - self.rng.randint(1, 7)
        start = date(year, self.rng.choice([1, 3, 4, 6, 10]), 1)
        born = self._birthday(start, self.rng.randint(*PPPK_ENTRY_AGES))
        grade = PPPK_ENTRY[post.education]
        person = self._person(post, born, start, grade, start, unit, superior, post.education, contract=True)
        return replace(person, employment="PPPK_PW") if part_time else person

    def _person(
        self,
        post: Post,
        born: date,
        start: date,
        grade: str,
        since: date,
        unit: str,
        superior: str,
        education: str,
        *,
        contract: bool,
    ) -> Person:
        female = self.rng.random() < FEMALE_SHARE
        nip = self.registry.issue(born, start, female=female, contract=contract)
        while nip is None:
            born += timedelta(days=1)
            nip = self.registry.issue(born, start, female=female, contract=contract)
        name = draw_name(self.rng, female=female, education=education)
        return Person(
            nip=nip,
            name=name,
            email=self.addresses.issue(name),
            unit=unit,
            post=post,
            grade=grade,
            grade_since=since,
            superior=superior,
            employment="PPPK" if contract else "PNS",
            status="ACTIVE",
            service_start=start,
            post_since=self._post_since(start),
            agency=self.agency,
            female=female,
        )

    def _maybe_candidate(self, person: Person) -> Person:
        recent = person.service_start >= date(self.today.year - 1, 1, 1)
        if recent and person.grade_since == person.service_start:
            return replace(person, employment="CPNS", post_since=person.service_start)
        return person

    def _post_since(self, start: date) -> date:
        earliest = max(start, date(self.today.year - 6, 1, 1))
        months = (self._latest.year - earliest.year) * 12 + self._latest.month - earliest.month
        return _months_later(earliest, self.rng.randint(0, max(0, months)))

    def _birthday(self, start: date, age: int) -> date:
        return start - timedelta(days=int(age * 365.25) + self.rng.randint(30, 330))

    @property
    def _latest(self) -> date:
        return date(self.today.year - 1, 12, 1)


def _level(level: str) -> dict[str, Any]:
    spec: dict[str, Any] = catalogue("positions")["level"][level]
    return spec


def _leader_grades(kind: str) -> list[str]:
    grades: list[str] = catalogue("positions")["leader"][kind]["grades"]
    return grades


def _education_for(wanted: str, grade: str) -> str:
    """The wanted education, or a lower one when nobody with it starts in so low a grade."""
    for education in (wanted, "S1", "D3", "SMA"):
        if GRADES.index(ENTRY[education]) <= GRADES.index(grade):
            return education
    return "SMA"


def _years_later(day: date, years: int) -> date:
    return day.replace(year=day.year + years)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
