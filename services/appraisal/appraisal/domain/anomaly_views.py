"""Anomalies as inspectors read them, and how many there are as HR sees it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.anomaly import (
    MOVES,
    Anomaly,
    AnomalyKind,
    AnomalyMove,
    AnomalyRun,
    AnomalyState,
    AnomalyThresholds,
)
from chassis.views import view_of

_OF_SEVERAL = "Catatan dengan kalimat yang sama ditulis oleh beberapa pejabat untuk {people} orang."
_SENTENCES = {
    AnomalyKind.IDENTICAL_TEXTS: "{people} orang mendapat catatan dengan kalimat yang sama dari satu pejabat.",
    AnomalyKind.LAST_MINUTES: "{evaluations} penilaian diselesaikan satu pejabat menjelang masa penilaian berakhir.",
    AnomalyKind.QUICK_SUCCESSION: "{evaluations} penilaian dibuat satu pejabat dalam waktu yang sangat singkat.",
    AnomalyKind.NO_EVIDENCE: (
        "{evaluations} penilaian satu pejabat selesai tanpa catatan kemajuan dan umpan balik pada periodenya."
    ),
    AnomalyKind.NEVER_DIFFERS: (
        "{people} orang mendapat predikat yang sama dari satu pejabat dalam beberapa periode berturut-turut."
    ),
    AnomalyKind.PROPOSAL_TURNED: (
        "{evaluations} usulan diubah dengan perintah pengelola kepegawaian tidak lama sebelum diselesaikan."
    ),
}
_NEUTRAL = " Patut diperiksa; ini bukan tuduhan, dan mungkin ada penjelasannya."


def sentence_of(anomaly: Anomaly) -> str:
    """Return in Indonesian what was seen, and nothing about why."""
    is_of_several = anomaly.kind is AnomalyKind.IDENTICAL_TEXTS and anomaly.official_id is None
    sentence = _OF_SEVERAL if is_of_several else _SENTENCES[anomaly.kind]
    return sentence.format(people=anomaly.people, evaluations=anomaly.evaluations) + _NEUTRAL


@dataclass(frozen=True)
class AnomalyView:
    """A pattern that is worth a look; what it rests on are the evaluations under `/evaluations`."""

    id: UUID
    kind: AnomalyKind
    year: int
    quarter: int | None
    month: int | None
    official_id: Annotated[UUID | None, Meta(description="whose ratings; null: those of several officials")]
    sentence: Annotated[str, Meta(description="what was seen, in Indonesian; no accusation")]
    evaluations: Annotated[int, Meta(description="how many evaluations it rests on")]
    people: int
    rule_version: Annotated[str, Meta(description="of the thresholds when it was opened")]
    state: AnomalyState
    moves: tuple[AnomalyMove, ...]
    opened_at: datetime
    looked_at_by: UUID | None
    looked_at: datetime | None
    remark: str
    version: int

    @classmethod
    def of(cls, anomaly: Anomaly) -> "AnomalyView":
        return view_of(cls, anomaly, sentence=sentence_of(anomaly), moves=tuple(MOVES[anomaly.state]))


@dataclass(frozen=True)
class AnomalyBasisView:
    """An evaluation that an anomaly rests on."""

    evaluation_id: UUID
    employee_id: UUID


@dataclass(frozen=True)
class AnomalyRunView:
    """A search through a period, with the thresholds that it went by."""

    id: UUID
    year: int
    quarter: int | None
    month: int | None
    rule_version: str
    thresholds: AnomalyThresholds
    started_by: UUID
    started_at: datetime
    finished_at: Annotated[datetime | None, Meta(description="null: it has not come to its end yet")]
    found: Annotated[dict[AnomalyKind, int], Meta(description="patterns, also those known before")]
    opened: Annotated[dict[AnomalyKind, int], Meta(description="new anomalies")]

    @classmethod
    def of(cls, run: AnomalyRun) -> "AnomalyRunView":
        return view_of(cls, run)


@dataclass(frozen=True)
class AnomalyCountView:
    """How many anomalies of a kind a period has; nothing of whom they are about."""

    year: int
    quarter: int | None
    month: int | None
    kind: AnomalyKind
    open: int
    looked_at: int
