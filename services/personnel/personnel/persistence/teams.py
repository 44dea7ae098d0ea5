"""Teams and their members between rows and the domain."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

import msgspec
from sqlalchemy import delete, select

from chassis.errors import required
from chassis.pagination import Page
from chassis.records import among, columns_of, fetch_one, fetch_page, insert_record, insert_records, update_record
from chassis.unit_of_work import Transaction
from personnel.domain.team import ListTeams, Team, TeamMember
from personnel.persistence import models

_COLUMNS = columns_of(models.Team, Team)


def load_team(tx: Transaction, team_id: UUID, *, lock: bool = False) -> Team:
    """Return a team with its members. Raise NotFound."""
    query = select(*_COLUMNS).where(models.Team.id == team_id)
    found = fetch_one(tx, query.with_for_update() if lock else query, Team)
    team = required(found, "tim", team_id)
    return replace(team, members=_members_of(tx, [team_id])[team_id])


def list_teams(tx: Transaction, wanted: ListTeams, only_of: UUID | None) -> Page[Team]:
    """Return teams by name with their members: of which one person is a member, or of the agency."""
    query = select(*_COLUMNS)
    for person in (wanted.employee_id, only_of):
        if person is not None:
            own = select(models.TeamMember.team_id).where(models.TeamMember.employee_id == person)
            query = query.where(models.Team.id.in_(own))
    page = fetch_page(tx, query, Team, wanted.page, models.Team.name, models.Team.id)
    members = _members_of(tx, (team.id for team in page.items))
    return page.of(lambda team: replace(team, members=members[team.id]))


def insert_team(tx: Transaction, team: Team) -> None:
    insert_record(tx, models.Team, team, created_at=tx.now, updated_at=tx.now)
    insert_records(tx, models.TeamMember, team.members, team_id=team.id)


def update_team(tx: Transaction, before: Team, after: Team) -> None:
    """Save a change, with the members as they are to be. Raise VersionConflict."""
    update_record(tx, models.Team, before, after, updated_at=tx.now)
    tx.session.execute(delete(models.TeamMember).where(models.TeamMember.team_id == before.id))
    insert_records(tx, models.TeamMember, after.members, team_id=before.id)


def _members_of(tx: Transaction, team_ids: Iterable[UUID]) -> dict[UUID, list[TeamMember]]:
    member = models.TeamMember
    query = select(member.team_id, *columns_of(member, TeamMember)).where(among(member.team_id, team_ids))
    found: dict[UUID, list[TeamMember]] = defaultdict(list)
    for row in tx.session.execute(query.order_by(member.first_day, member.role, member.employee_id)):
        found[row.team_id].append(msgspec.convert(row, TeamMember, from_attributes=True))
    return found
