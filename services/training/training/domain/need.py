"""Training needs: why one is raised, and the moves it may make."""

from enum import StrEnum


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

SOURCE_TEXT = {
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


def may_move(state: NeedState, target: NeedState) -> bool:
    return target in MOVES[state]


def leading_source(sources: list[NeedSource]) -> NeedSource:
    """The weightiest of several reasons: an evaluation before a measured gap before a wish."""
    return min(sources, key=_RANK.__getitem__)


def is_met_by(required_level: int | None, actual_level: int) -> bool:
    """An assessment at or above the required level ends the need; without a standard only a person can say so."""
    return required_level is not None and actual_level >= required_level
