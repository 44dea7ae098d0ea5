"""Freeze what ratings rest on, inside the transaction that makes them."""

from collections.abc import Sequence

from appraisal.domain.rating_basis import FrozenBasis, RatedRevision, RatingBasis
from appraisal.domain.segment_rating import SegmentRating
from appraisal.domain.setting import AgencySetting
from appraisal.persistence.rating_bases import gather_inputs, insert_bases
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction


def freeze_ratings(tx: Transaction, actor: Principal, setting: AgencySetting, rated: Sequence[RatedRevision]) -> None:
    """Store the basis of each of these ratings of the same days, which are stored already.

    Its hash stands in the audit trail too, whose chain shows what was changed in both places afterwards.
    """
    if not rated:
        return
    days = rated[0].days
    inputs = gather_inputs(tx, days, setting.span_of(days), [one.evaluation for one in rated], tx.now)
    frozen = [FrozenBasis.of(RatingBasis.of(setting, one, inputs[one.evaluation.id])) for one in rated]
    insert_bases(tx, frozen)
    kind = "segment_rating" if isinstance(rated[0].evaluation, SegmentRating) else "evaluation"
    for one in frozen:
        detail = {"revision": one.revision, "sha256": one.sha256}
        audit.record(tx, actor, "rating_frozen", kind, one.evaluation_id, **detail)
