"""Change a team: its name, its order, who belongs to it on which days."""

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from personnel.domain.team import ChangeTeam, TeamView
from personnel.events import TeamChanged
from personnel.persistence.teams import load_team, update_team
from personnel.use_cases.teams.rules import require_known_members, require_own_role_unchanged


def change_team(work: UnitOfWork, actor: Principal, command: ChangeTeam) -> TeamView:
    """Save the team as it is to be; the same again changes nothing.

    Raise NotFound, VersionConflict, InvalidInput, OwnAffair.
    """
    with work.transaction(actor.agency_id) as tx:
        before = load_team(tx, command.team_id, lock=True)
        require_version(command.expected_version, before.version)
        after = before.changed(command)
        if after == before:
            return TeamView.of(before)
        require_own_role_unchanged(actor, before, after)
        require_known_members(tx, after)
        update_team(tx, before, after)
        saved = load_team(tx, before.id)
        outbox.record(tx, TeamChanged.of(saved))
        audit.record(tx, actor, "team_changed", "team", saved.id, version=saved.version)
        return TeamView.of(saved)
