"""What another rating of a proposal needs: that the present one was seen, a reason, and no lowering by one officer."""

from appraisal.domain.correction_errors import (
    ProposalLoweredByOrder,
)
from appraisal.domain.evaluation import EmployeeRating, Evaluation, RatedBy
from appraisal.domain.rating import Rating
from appraisal.domain.values import Capacity
from chassis.errors import FieldError, InvalidInput, VersionConflict, VersionRequired

ANY_VERSION = 0


def require_rerating(proposal: Evaluation, found: EmployeeRating, rating: Rating, by: RatedBy) -> None:
    """Raise VersionRequired, VersionConflict that names the present rating, InvalidInput or ProposalLoweredByOrder."""
    if found.version is None:
        raise VersionRequired(errors=[_seen(proposal, found)])
    if found.version not in {ANY_VERSION, proposal.version}:
        raise VersionConflict(errors=[_seen(proposal, found), *_differences(proposal, rating)])
    if not found.reason.strip():
        expected = "alasan, karena usulan yang sudah ada diubah"
        raise InvalidInput(errors=[FieldError("reason", "reason_required", found.reason, expected)])
    by_other = by.capacity is Capacity.HR and by.official != proposal.rated_by
    if by_other and rating.is_below(proposal.rating):
        raise ProposalLoweredByOrder


def _seen(proposal: Evaluation, found: EmployeeRating) -> FieldError:
    return FieldError("version", "version_seen", found.version, f"{proposal.version}, versi usulan yang ada sekarang")


def _differences(proposal: Evaluation, rating: Rating) -> list[FieldError]:
    names = ("work_result", "behaviour", "work_result_note", "behaviour_note")
    pairs = [(name, getattr(rating, name), getattr(proposal.rating, name)) for name in names]
    return [FieldError(name, "changed_meanwhile", new, f"usulan kini: {now}") for name, new, now in pairs if new != now]
