"""Show the role-result matrix (matriks peran hasil) of a unit."""

from uuid import UUID

from appraisal.authorisation import require_unit
from appraisal.domain.role_results import RoleResultsView
from appraisal.persistence.people import load_unit
from appraisal.persistence.result_links import offered_results, subordinate_results
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def show_role_results(work: UnitOfWork, actor: Principal, unit_id: UUID, *, year: int) -> RoleResultsView:
    """HR, inspectors and leaders above read it, and the leader of this very unit."""
    with work.transaction(actor.agency_id) as tx:
        leader_id = load_unit(tx, unit_id, today(tx)).leader_id
        if not actor.is_about(leader_id):
            require_unit(tx, actor, unit_id)
        audit.record(tx, actor, "role_results_read", "org_unit", unit_id, year=year)
        if leader_id is None:
            return RoleResultsView(unit_id, year, None)
        results, below = offered_results(tx, leader_id, year), subordinate_results(tx, leader_id, year)
        return RoleResultsView.of(unit_id, year, leader_id, results, below)
