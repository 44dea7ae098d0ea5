"""Who may read a personal case. Everybody is refused unless every line here lets them through."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from .errors import CaseConflictOfInterest, CaseHandledByAnother
from .units import UnitTree


@dataclass(frozen=True)
class Member:
    """What is known of an employee: the unit, and who rates them and who rates the rater."""

    employee_id: UUID
    unit_id: UUID | None = None
    appraiser_id: UUID | None = None
    reviewer_id: UUID | None = None


class Exclusion(StrEnum):
    REPORTED = "REPORTED"
    SUPERIOR_OF_REPORTED = "SUPERIOR_OF_REPORTED"
    LEADS_REPORTED_UNIT = "LEADS_REPORTED_UNIT"
    NAMED_BY_REPORTER = "NAMED_BY_REPORTER"
    REPORTER = "REPORTER"


@dataclass(frozen=True)
class Line:
    """Who stands above whom: members are asked for one by one, units are few enough to be at hand."""

    find: Callable[[UUID], Member | None]
    tree: UnitTree
    leaders: Mapping[UUID, UUID]

    def superiors(self, employee_id: UUID) -> set[UUID]:
        """Everybody above an employee: appraisers and reviewers up the line, and the leaders of the units above."""
        found: set[UUID] = set()
        waiting = [employee_id]
        while waiting:
            member = self.find(waiting.pop())
            if member is None:
                continue
            above = {person for person in (member.appraiser_id, member.reviewer_id) if person is not None}
            above |= {self.leaders[unit] for unit in self.units_of(member) if unit in self.leaders}
            waiting.extend(above - found)
            found |= above
        return found - {employee_id}

    def units_of(self, member: Member) -> tuple[UUID, ...]:
        """The member's unit and all units above it."""
        return () if member.unit_id is None else (member.unit_id, *self.tree.ancestors(member.unit_id))


def exclusions(
    line: Line,
    *,
    reported: Iterable[UUID],
    reported_units: Iterable[UUID],
    named: Iterable[UUID],
    reporter: UUID | None,
) -> dict[UUID, Exclusion]:
    """Who must keep away from a case, as far as it can be written down the day it comes in.

    Those who were reported and everybody above them; the leaders of a reported unit and above; whoever the reporter
    asked to keep out; and the reporter, who follows the case but does not handle it.
    """
    reported = list(reported)
    found: dict[UUID, Exclusion] = dict.fromkeys(named, Exclusion.NAMED_BY_REPORTER)
    if reporter is not None:
        found[reporter] = Exclusion.REPORTER
    for unit in {above for below in reported_units for above in (below, *line.tree.ancestors(below))}:
        if unit in line.leaders:
            found[line.leaders[unit]] = Exclusion.LEADS_REPORTED_UNIT
    for person in reported:
        found.update(dict.fromkeys(line.superiors(person), Exclusion.SUPERIOR_OF_REPORTED))
    found.update(dict.fromkeys(reported, Exclusion.REPORTED))
    return found


def depends_on(line: Line, employee_id: UUID, *, reported: Iterable[UUID], reported_units: Iterable[UUID]) -> bool:
    """Whether an employee is rated or led by a reported person, or sits in a reported unit: no free judge.

    Near relations only. Everybody is somewhere below the head of the agency, and a case about him must find a handler.
    """
    member = line.find(employee_id)
    if member is None:
        return False
    near = line.units_of(member)[:2]
    over = {member.appraiser_id, member.reviewer_id, *(line.leaders.get(unit) for unit in near[:1])}
    return not over.isdisjoint(reported) or not set(near).isdisjoint(reported_units)


def refuse_leader(*, leads_a_unit: bool) -> None:
    """Raise CaseConflictOfInterest for anybody who leads a unit: whoever rates people does not read their cases."""
    if leads_a_unit:
        raise CaseConflictOfInterest


def refuse_stranger(employee_id: UUID | None, handler_id: UUID | None) -> None:
    """Raise CaseHandledByAnother unless this is the officer to whom the case is assigned."""
    if handler_id is None or employee_id != handler_id:
        raise CaseHandledByAnother
