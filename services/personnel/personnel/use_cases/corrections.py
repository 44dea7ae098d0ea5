"""What an employee finds wrong about himself: asked, listed, answered."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import Forbidden, NotFound
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from personnel.domain.errors import CorrectionAlreadyResolved
from personnel.domain.views import CorrectionView
from personnel.persistence.models import CorrectionRequest
from personnel.use_cases.steps import as_view, check_version, employee_of


@dataclass(frozen=True)
class RequestCorrection:
    field: str
    wanted: str
    note: str


@dataclass(frozen=True)
class ResolveCorrection:
    request_id: UUID
    expected_version: int | None
    accept: bool
    answer: str


def request_correction(work: UnitOfWork, actor: Principal, command: RequestCorrection) -> CorrectionView:
    """Ask HR to correct one's own data; raises Forbidden for an account that is no employee."""
    with work.transaction(actor.agency_id) as tx:
        if actor.employee_id is None:
            raise Forbidden
        request = CorrectionRequest(
            id=new_id(),
            agency_id=tx.agency_id,
            employee_id=employee_of(tx, actor.employee_id).id,
            field=command.field,
            wanted=command.wanted,
            note=command.note,
            status="OPEN",
            version=1,
            created_at=tx.now,
        )
        tx.session.add(request)
        audit.record(tx, actor, "correction_requested", "correction_request", request.id, field=command.field)
        return as_view(CorrectionView, request)


def list_corrections(
    work: UnitOfWork, actor: Principal, *, own: bool, status: str | None, after: UUID | None, limit: int
) -> list[CorrectionView]:
    """Requests in the order they came: all of the agency for HR, or the caller's own."""
    with work.transaction(actor.agency_id) as tx:
        query = select(CorrectionRequest).order_by(CorrectionRequest.id).limit(limit)
        if own:
            query = query.where(CorrectionRequest.employee_id == actor.employee_id)
        else:
            audit.record(tx, actor, "corrections_listed", "agency", tx.agency_id)
        if status:
            query = query.where(CorrectionRequest.status == status)
        if after is not None:
            query = query.where(CorrectionRequest.id > after)
        return [as_view(CorrectionView, one) for one in tx.session.execute(query).scalars()]


def resolve_correction(work: UnitOfWork, actor: Principal, command: ResolveCorrection) -> CorrectionView:
    """Answer a request, once; the correction itself is made by the call that fits it.

    Raises NotFound, OwnAffair, VersionConflict, CorrectionAlreadyResolved.
    """
    with work.transaction(actor.agency_id) as tx:
        request = tx.session.get(CorrectionRequest, command.request_id, with_for_update=True)
        if request is None:
            raise NotFound(object="permintaan perbaikan", id=command.request_id)
        need_other(actor, request.employee_id)
        if request.status != "OPEN":
            raise CorrectionAlreadyResolved
        check_version(command.expected_version, request.version)
        request.status = "ACCEPTED" if command.accept else "REJECTED"
        request.answer = command.answer
        request.resolved_at = tx.now
        request.resolved_by = actor.account_id
        request.version += 1
        audit.record(tx, actor, "correction_resolved", "correction_request", request.id, status=request.status)
        return as_view(CorrectionView, request)
