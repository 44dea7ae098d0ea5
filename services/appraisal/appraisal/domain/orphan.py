"""People whose plan nobody can appraise today, and the way out: HR sees to it, so that nobody is forgotten."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.plan import Plan
from appraisal.domain.values import PlanState
from chassis.views import view_of
from directory.answers import Superior


class OrphanReason(StrEnum):
    NO_SUPERIOR = "NO_SUPERIOR"
    SUPERIOR_AWAY = "SUPERIOR_AWAY"
    NOT_KNOWN_YET = "NOT_KNOWN_YET"


_WAYS_OUT = {
    OrphanReason.NO_SUPERIOR: "Tetapkan atasan pegawai ini di data kepegawaian, pejabat dalam atau luar instansi.",
    OrphanReason.SUPERIOR_AWAY: (
        "Atasan tidak bertugas. Tetapkan atasan baru, atau catat Plt., Plh., atau pendelegasian di data kepegawaian."
    ),
    OrphanReason.NOT_KNOWN_YET: "Data kepegawaian pegawai ini atau atasannya belum diterima. Periksa pengirimannya.",
}


@dataclass(frozen=True)
class OrphanView:
    """An open plan that nobody can appraise today."""

    plan_id: UUID
    employee_id: UUID
    unit_id: UUID
    year: int
    state: PlanState
    appraiser_id: UUID | None
    reason: OrphanReason
    way_out: Annotated[str, Meta(description="what HR can do, in Indonesian")]

    @classmethod
    def of(cls, plan: Plan, reason: OrphanReason) -> "OrphanView":
        return view_of(cls, plan, plan_id=plan.id, reason=reason, way_out=_WAYS_OUT[reason])


def orphan_reason(superior: Superior | None, *, known: bool) -> OrphanReason | None:
    """Return why nobody can appraise; None where somebody can."""
    if not known:
        return OrphanReason.NOT_KNOWN_YET
    if superior is None:
        return OrphanReason.NO_SUPERIOR
    return None if superior.reachable or superior.holder_reachable else OrphanReason.SUPERIOR_AWAY
