"""Training needs: why one is raised, and the moves it may make."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.pagination import PageRequest
from chassis.views import view_of
from training.domain.competency import Levels, gap
from training.domain.errors import NeedClosed


class NeedState(StrEnum):
    OPEN = "OPEN"
    PLANNED = "PLANNED"
    MET = "MET"
    CANCELLED = "CANCELLED"


class NeedSource(StrEnum):
    """What raised a need: a gap in performance, a gap in competence (both Perlan 10/2018), or the person's own wish."""

    EVALUATION = "EVALUATION"
    COMPETENCY_GAP = "COMPETENCY_GAP"
    REQUEST = "REQUEST"


MOVES: dict[NeedState, frozenset[NeedState]] = {
    NeedState.OPEN: frozenset({NeedState.PLANNED, NeedState.MET, NeedState.CANCELLED}),
    NeedState.PLANNED: frozenset({NeedState.OPEN, NeedState.MET, NeedState.CANCELLED}),
    NeedState.MET: frozenset(),
    NeedState.CANCELLED: frozenset(),
}
LIVE = frozenset({NeedState.OPEN, NeedState.PLANNED})

_RANK = {NeedSource.EVALUATION: 0, NeedSource.COMPETENCY_GAP: 1, NeedSource.REQUEST: 2}

_SOURCE_TEXT = {
    NeedSource.EVALUATION: (
        "Hasil evaluasi kinerja di bawah ekspektasi; pejabat penilai menyebut kompetensi ini pada tindak lanjutnya.",
        "Perlan 10/2018 (kesenjangan kinerja)",
    ),
    NeedSource.COMPETENCY_GAP: (
        "Tingkat kompetensi yang dimiliki lebih rendah daripada standar jabatan.",
        "Perlan 10/2018 (kesenjangan kompetensi); PermenPANRB 38/2017 (belum diverifikasi)",
    ),
    NeedSource.REQUEST: (
        "Diajukan sendiri oleh pegawai atau atas namanya.",
        "UU 20/2023 Pasal 49 (belajar terus-menerus)",
    ),
}


_WITHDRAWN = "Alasan ini gugur: evaluasinya dikoreksi, sehingga tindak lanjutnya tidak diperlukan lagi."


@dataclass(frozen=True)
class RequestNeed:
    """A wish for training; without an employee the caller's own."""

    employee_id: UUID | None
    competency_code: str
    reason: str


@dataclass(frozen=True)
class Cause:
    """A reason for a need, before it is recorded."""

    source: NeedSource
    levels: Levels
    recorded_by: str
    source_id: UUID | None = None
    evaluation_id: UUID | None = None
    reason: str = ""


@dataclass(frozen=True)
class Need:
    """A person's need for training in a competency; live while it is OPEN or PLANNED, and then the only one."""

    id: UUID
    employee_id: UUID
    competency_code: str
    state: NeedState
    required_level: int | None
    actual_level: int | None
    raised_at: datetime
    year: int
    version: int = 1

    @classmethod
    def raised(
        cls, need_id: UUID, employee_id: UUID, competency_code: str, levels: Levels, *, now: datetime, year: int
    ) -> "Need":
        return cls(need_id, employee_id, competency_code, NeedState.OPEN, levels.required, levels.actual, now, year)

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    def with_levels(self, levels: Levels) -> "Need":
        return replace(self, required_level=levels.required, actual_level=levels.actual)

    def moved(self, target: NeedState) -> "Need":
        """Return it in another state. Raise NeedClosed when it cannot make this move."""
        if target not in MOVES[self.state]:
            raise NeedClosed(state=self.state, target=target)
        return replace(self, state=target)


@dataclass(frozen=True)
class NeedCause:
    """A recorded reason of a need, with the levels as they were then."""

    id: UUID
    need_id: UUID
    employee_id: UUID
    competency_code: str
    source: NeedSource
    source_id: UUID | None
    evaluation_id: UUID | None
    standard_id: UUID | None
    assessment_id: UUID | None
    required_level: int | None
    actual_level: int | None
    reason: str
    recorded_by: str
    recorded_at: datetime
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, cause_id: UUID, need: Need, cause: Cause, now: datetime) -> "NeedCause":
        return view_of(
            cls,
            cause,
            cause.levels,
            need,
            id=cause_id,
            need_id=need.id,
            required_level=cause.levels.required,
            actual_level=cause.levels.actual,
            recorded_at=now,
            withdrawn_at=None,
        )


@dataclass(frozen=True)
class NeedMove:
    """A state that a need has entered: by whom, when and why."""

    state: NeedState
    reason: str
    moved_by: str
    moved_at: datetime


@dataclass(frozen=True, kw_only=True)
class NeedCauseView:
    source: NeedSource
    source_id: UUID | None
    evaluation_id: UUID | None
    required_level: int | None
    actual_level: int | None
    reason: str
    recorded_at: datetime
    withdrawn_at: Annotated[
        datetime | None, Meta(description="when a correction of the evaluation took this cause back; null: it stands")
    ]


@dataclass(frozen=True, kw_only=True)
class NeedExplanation(NeedCauseView):
    """A cause in words, with the rows and the sum behind it and the rule's legal source."""

    sentence: str
    gap: int | None
    calculation: str
    standard_id: UUID | None
    assessment_id: UUID | None
    legal_source: str

    @classmethod
    def of(cls, cause: NeedCause) -> "NeedExplanation":
        sentence, legal_source = _SOURCE_TEXT[cause.source]
        if not is_standing(cause):
            sentence = f"{sentence} {_WITHDRAWN}"
        found = gap(cause.required_level, cause.actual_level)
        calculation = f"{cause.required_level} - {cause.actual_level} = {found}"
        if found is None:
            calculation = "Kesenjangan belum dapat dihitung: standar jabatan atau asesmen belum ada saat itu."
        return view_of(cls, cause, sentence=sentence, legal_source=legal_source, gap=found, calculation=calculation)


@dataclass(frozen=True, kw_only=True)
class NeedView(Need):
    source: Annotated[NeedSource, Meta(description="the weightiest of the causes that stand; if none does, of all")]
    gap: int | None
    causes: list[NeedCauseView]

    @classmethod
    def of(cls, need: Need, causes: Sequence[NeedCause]) -> "NeedView":
        return view_of(
            cls,
            need,
            gap=gap(need.required_level, need.actual_level),
            source=leading_source([one.source for one in causes if is_standing(one)] or [one.source for one in causes]),
            causes=[view_of(NeedCauseView, cause) for cause in causes],
        )


@dataclass(frozen=True, kw_only=True)
class NeedDetailView(NeedView):
    """A need with its history and the explanation of each cause."""

    history: list[NeedMove]
    explanation: list[NeedExplanation]

    @classmethod
    def explained(cls, need: Need, causes: Sequence[NeedCause], history: list[NeedMove]) -> "NeedDetailView":
        explanation = [NeedExplanation.of(cause) for cause in causes]
        return view_of(cls, NeedView.of(need, causes), history=history, explanation=explanation)


def is_standing(cause: NeedCause) -> bool:
    return cause.withdrawn_at is None


def leading_source(sources: Sequence[NeedSource]) -> NeedSource:
    """Return the weightiest of several reasons: an evaluation before a measured gap before a wish."""
    return min(sources, key=_RANK.__getitem__)


def is_met_by(required_level: int | None, actual_level: int | None) -> bool:
    """An assessment at or above the required level ends the need; without a standard only a person can decide it."""
    return required_level is not None and actual_level is not None and actual_level >= required_level


@dataclass(frozen=True)
class ListNeeds:
    """`source` is any cause that stands, or that a cancelled need had."""

    page: PageRequest
    employee_id: UUID | None = None
    team: bool = False
    state: NeedState | None = None
    competency_code: str | None = None
    source: NeedSource | None = None
    year: int | None = None
