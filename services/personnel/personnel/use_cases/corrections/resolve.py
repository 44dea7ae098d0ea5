"""Answer a correction request, once."""

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from personnel.domain.correction_request import CorrectionRequestView, ResolveCorrection
from personnel.persistence.correction_requests import load_request, update_request


def resolve_correction(work: UnitOfWork, actor: Principal, command: ResolveCorrection) -> CorrectionRequestView:
    """Answer a request. Raise NotFound, OwnAffair, VersionConflict, CorrectionAlreadyResolved."""
    with work.transaction(actor.agency_id) as tx:
        before = load_request(tx, command.request_id, lock=True)
        need_other(actor, before.employee_id)
        before.require_open()
        require_version(command.expected_version, before.version)
        after = before.resolved(command.outcome, command.answer, actor.account_id, tx.now)
        update_request(tx, before, after)
        audit.record(tx, actor, "correction_resolved", "correction_request", after.id, status=after.status)
        return CorrectionRequestView.of(after)
