"""A team: people of several units who work together for some days, led by one of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.errors import FieldError, InvalidInput
from chassis.pagination import PageRequest
from chassis.views import view_of


class TeamRole(StrEnum):
    LEADER = "LEADER"
    MEMBER = "MEMBER"


@dataclass(frozen=True)
class TeamMember:
    employee_id: UUID
    role: TeamRole
    first_day: date
    last_day: Annotated[date | None, Meta(description="null: until the team is changed")]


@dataclass(frozen=True)
class RecordTeam:
    name: str
    order_number: str
    members: Sequence[TeamMember]


@dataclass(frozen=True)
class ChangeTeam(RecordTeam):
    """The whole team as it is to be; who was a member on past days stays in the list."""

    team_id: UUID
    expected_version: int | None


@dataclass(frozen=True)
class ListTeams:
    """`employee_id`: teams of which somebody is a member on any day."""

    page: PageRequest
    employee_id: UUID | None = None


@dataclass(frozen=True)
class Team:
    id: UUID
    name: str
    order_number: str
    members: Sequence[TeamMember] = ()
    version: int = 1

    @classmethod
    def recorded(cls, team_id: UUID, command: RecordTeam) -> "Team":
        """Return a new team. Raise InvalidInput for days that do not fit, or without one leader at a time."""
        return cls(team_id, command.name, command.order_number, _checked(command.members))

    def changed(self, command: ChangeTeam) -> "Team":
        """Return the team as the command says. Raise InvalidInput like `recorded`."""
        members = _checked(command.members)
        return replace(self, name=command.name, order_number=command.order_number, members=members)

    def of_person(self, employee_id: UUID | None) -> list[TeamMember]:
        """Return somebody's own days and roles in the team."""
        return [one for one in self.members if one.employee_id == employee_id]


@dataclass(frozen=True)
class TeamView:
    id: UUID
    name: str
    order_number: str
    members: list[TeamMember]
    version: int

    @classmethod
    def of(cls, team: Team) -> "TeamView":
        return view_of(cls, team, members=list(team.members))


def _checked(members: Sequence[TeamMember]) -> list[TeamMember]:
    """Return the members in order, or raise InvalidInput."""
    leaders = [one for one in members if one.role is TeamRole.LEADER]
    days_of: dict[UUID, list[TeamMember]] = defaultdict(list)
    for one in members:
        days_of[one.employee_id].append(one)
    faults = [
        FieldError("members", "date_too_early", one.last_day, f"Isi tanggal paling awal {one.first_day}.")
        for one in members
        if one.last_day is not None and one.last_day < one.first_day
    ]
    if any(_overlap(days) for days in days_of.values()):
        expected = "Sebut setiap anggota satu kali untuk hari yang sama."
        faults.append(FieldError("members", "member_twice", None, expected))
    if not leaders or _overlap(leaders):
        expected = "Sebut satu ketua tim (LEADER), satu orang untuk setiap hari."
        faults.append(FieldError("members", "one_leader_needed", None, expected))
    if faults:
        raise InvalidInput(errors=faults)
    return sorted(members, key=lambda one: (one.first_day, one.role, one.employee_id))


def _overlap(members: Iterable[TeamMember]) -> bool:
    ordered = sorted(members, key=lambda one: one.first_day)
    return any(one.last_day is None or one.last_day >= following.first_day for one, following in pairwise(ordered))
