"""Read teams: HR and inspectors all of them, members their own."""

from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from personnel.authorisation import WHOLE_AGENCY, require_one_of
from personnel.domain.team import ListTeams, TeamView
from personnel.persistence import teams


def list_teams(work: UnitOfWork, actor: Principal, query: ListTeams) -> Page[TeamView]:
    """Return teams by name; none for an account that is no employee."""
    with work.transaction(actor.agency_id) as tx:
        if actor.has(*WHOLE_AGENCY):
            return teams.list_teams(tx, query, None).of(TeamView.of)
        if actor.employee_id is None:
            return Page([], None)
        return teams.list_teams(tx, query, actor.employee_id).of(TeamView.of)


def show_team(work: UnitOfWork, actor: Principal, team_id: UUID) -> TeamView:
    """Return one team. Raise NotFound, Forbidden."""
    with work.transaction(actor.agency_id) as tx:
        team = teams.load_team(tx, team_id)
        require_one_of(actor, *(one.employee_id for one in team.members))
        return TeamView.of(team)
