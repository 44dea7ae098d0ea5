"""Record a team of people of several units."""

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from personnel.domain.team import RecordTeam, Team, TeamView
from personnel.events import TeamChanged
from personnel.persistence.teams import insert_team
from personnel.use_cases.teams.rules import require_known_members, require_own_role_unchanged


def record_team(work: UnitOfWork, actor: Principal, command: RecordTeam) -> TeamView:
    """Record the team and publish who belongs to it. Raise InvalidInput, OwnAffair."""
    with work.transaction(actor.agency_id) as tx:
        team = Team.recorded(new_id(), command)
        require_own_role_unchanged(actor, None, team)
        require_known_members(tx, team)
        insert_team(tx, team)
        outbox.record(tx, TeamChanged.of(team))
        audit.record(tx, actor, "team_recorded", "team", team.id)
        return TeamView.of(team)
