"""The faults that real exports have, put on purpose into a few rows, and remembered exactly."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

Row = list[str]
OTHER_AGENCY = "kemlain"


class DefectKind(StrEnum):
    BAD_NIP = "bad_nip"
    UNKNOWN_SUPERIOR = "unknown_superior"
    DUPLICATE_ROW = "duplicate_row"
    WRONG_DATE = "wrong_date"
    SUPERIOR_OUTSIDE_AGENCY = "superior_outside_agency"
    ROW_OF_OTHER_AGENCY = "row_of_other_agency"


# What an import refuses as a whole row; of the other kinds it takes the row in and lists the cell that was wrong.
REFUSES_THE_ROW = frozenset(
    {DefectKind.BAD_NIP, DefectKind.DUPLICATE_ROW, DefectKind.ROW_OF_OTHER_AGENCY, DefectKind.WRONG_DATE}
)
DRAWN = {
    DefectKind.BAD_NIP: 30,
    DefectKind.UNKNOWN_SUPERIOR: 25,
    DefectKind.DUPLICATE_ROW: 20,
    DefectKind.WRONG_DATE: 15,
    DefectKind.SUPERIOR_OUTSIDE_AGENCY: 10,
}
COLUMN = {
    DefectKind.BAD_NIP: "nip",
    DefectKind.UNKNOWN_SUPERIOR: "nip_atasan",
    DefectKind.DUPLICATE_ROW: "nip",
    DefectKind.SUPERIOR_OUTSIDE_AGENCY: "nip_atasan",
    DefectKind.ROW_OF_OTHER_AGENCY: "instansi",
}
DATE_COLUMNS = ("tmt_golongan", "tmt_cpns", "tmt_jabatan")
WRONG_DATES = ("2019-02-30", "31-11-2020", "2021-13-01", "00-00-0000", "Januari 2020", "2018")


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a fault stands: the line of the file (the header is line 1), the column and the value as written."""

    line: int
    column: str
    value: str
    kind: DefectKind
    nip: str


@dataclass
class DefectWriter:
    """Decides which rows get a fault and writes it in; only rows that nobody else depends on are given to it."""

    rng: Random
    share: float
    columns: tuple[str, ...]
    foreign_superiors: list[str]
    nobody: str
    faults: list[Fault] = field(default_factory=list)
    _kinds: Iterator[DefectKind] | None = None

    def apply_to(self, row: Row) -> tuple[DefectKind, str, str] | None:
        """Maybe spoil one row in place; says which fault, in which column, with which value."""
        if self.rng.random() >= self.share:
            return None
        kind = self._next_kind()
        column = self.rng.choice(DATE_COLUMNS) if kind is DefectKind.WRONG_DATE else COLUMN[kind]
        place = self.columns.index(column)
        row[place] = self._defective(kind, row[place])
        return kind, column, row[place]

    def _next_kind(self) -> DefectKind:
        """Every kind once before chance decides, so that a small file shows them all."""
        if self._kinds is None:
            self._kinds = iter(DRAWN)
        first = next(self._kinds, None)
        return first or self.rng.choices(list(DRAWN), weights=list(DRAWN.values()))[0]

    def _defective(self, kind: DefectKind, value: str) -> str:
        if kind is DefectKind.BAD_NIP:
            return self._bad_nip(value)
        if kind is DefectKind.UNKNOWN_SUPERIOR:
            return self.nobody
        if kind is DefectKind.SUPERIOR_OUTSIDE_AGENCY:
            return self.rng.choice(self.foreign_superiors)
        return self.rng.choice(WRONG_DATES) if kind is DefectKind.WRONG_DATE else value

    def _bad_nip(self, nip: str) -> str:
        return self.rng.choice(
            (
                nip[:17],
                nip + "1",
                nip[:4] + "13" + nip[6:],
                nip[:12] + "00" + nip[14:],
                nip[:14] + "7" + nip[15:],
                nip[:16] + "O" + nip[17:],
                f"{nip[0]},{nip[1:6]}E+17",
            )
        )
