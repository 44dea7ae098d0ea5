"""Grant, refuse or withdraw a request for flexible working, once."""

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from wellbeing.authorisation import self_of
from wellbeing.domain.arrangement import ArrangementState, ArrangementView, DecideArrangement
from wellbeing.persistence.arrangements import load_arrangement, update_arrangement
from wellbeing.persistence.directory import appraiser_of


def decide_arrangement(work: UnitOfWork, actor: Principal, command: DecideArrangement) -> ArrangementView:
    """The appraiser grants or refuses, the person withdraws. Raise Forbidden, VersionConflict, ArrangementDecided."""
    decider = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        before = load_arrangement(tx, command.arrangement_id)
        person = before.employee_id
        if decider != (person if command.decision is ArrangementState.WITHDRAWN else appraiser_of(tx, person)):
            raise Forbidden
        require_version(command.expected_version, before.version)
        after = before.decided(command.decision, decider)
        update_arrangement(tx, before, after)
        audit.record(tx, actor, "arrangement_decided", "working_arrangement", after.arrangement_id, state=after.state)
        return ArrangementView.of(after)
