"""Teams of people of several units."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page
from personnel.domain.team import ChangeTeam, ListTeams, RecordTeam, TeamView
from personnel.http.access import EVERYBODY, HR, PREFIX, Relation
from personnel.http.teams_schemas import TeamIn, TeamsQuery
from personnel.use_cases.teams import change, read, record

blp = ServiceBlueprint("teams", url_prefix=PREFIX, description="Teams of people of several units")


@blp.route("/teams", methods=["POST"])
@allow(*HR, relation=Relation.NOT_OWN)
@idempotent
@blp.arguments(TeamIn)
@blp.response(201, TeamView)
def record_team(body: dict[str, Any]) -> TeamView:
    """Record a team: its members with their days, one of them its leader."""
    return with_etag(record.record_team(work(), principal(), RecordTeam(**body)))


@blp.route("/teams", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.TEAM)
@blp.arguments(TeamsQuery, location="query")
@blp.response(200, Page[TeamView])
def list_teams(query: dict[str, Any]) -> Page[TeamView]:
    """Teams, by name."""
    return read.list_teams(work(), principal(), ListTeams(**query))


@blp.route("/teams/<uuid:team_id>", methods=["GET"])
@allow(*EVERYBODY, relation=Relation.TEAM)
@blp.response(200, TeamView)
def show_team(team_id: UUID) -> TeamView:
    """One team."""
    return with_etag(read.show_team(work(), principal(), team_id))


@blp.route("/teams/<uuid:team_id>", methods=["PUT"])
@allow(*HR, relation=Relation.NOT_OWN)
@problems(412, 428)
@blp.arguments(TeamIn)
@blp.response(200, TeamView)
def change_team(body: dict[str, Any], team_id: UUID) -> TeamView:
    """Save a team as it is to be; members of past days stay in the list with their last day."""
    command = ChangeTeam(team_id=team_id, expected_version=expected_version(), **body)
    return with_etag(change.change_team(work(), principal(), command))
