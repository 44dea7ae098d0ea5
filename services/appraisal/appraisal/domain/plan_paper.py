"""The SKP with its annex as a paper (PermenPANRB 6/2022, annex: form of the SKP)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from appraisal.domain.paper_people import PaperPeople
from appraisal.domain.paper_words import (
    ASPECTS,
    MODELS,
    NOTHING,
    PERSPECTIVES,
    days_in_words,
    number_in_words,
    signed,
)
from appraisal.domain.periods import Period, local_date
from appraisal.domain.plan import Plan
from appraisal.domain.plan_content import Content, Indicator, WorkResult
from appraisal.domain.plan_version import PlanVersion
from appraisal.domain.plan_views import BehaviourView
from appraisal.domain.values import PlanModel, ResultKind
from chassis.errors import required
from chassis.indonesian import moment_in_words
from documents.papers import Column, Paper, Section, Table

KINDS = {ResultKind.MAIN: "Utama", ResultKind.EXTRA: "Tambahan"}
_NONE = "Tidak ada."
_RESULT, _MEASURE = Column("Rencana hasil kerja", 9), Column("Ukuran keberhasilan", 12)
_TARGETS = (Column("Aspek", 4), Column("Indikator kinerja individu", 8), Column("Target", 6))


@dataclass(frozen=True)
class PlanToPrint:
    """A version that was agreed; `supported` are the titles of the superior's results by the own ones' ids."""

    plan: Plan
    version: PlanVersion
    behaviours: Sequence[BehaviourView]
    supported: Mapping[UUID, str]
    agency: str
    time_zone: str

    @property
    def content(self) -> Content:
        return self.version.content

    @property
    def people(self) -> tuple[UUID | None, ...]:
        return (self.plan.employee_id, self.plan.appraiser_id, self.plan.reviewer_id, self.version.agreed_by)

    @property
    def is_of_high_leader(self) -> bool:
        return any(result.perspective is not None for result in self.content.work_results)

    def paper(self, people: PaperPeople) -> Paper:
        plan, version = self.plan, self.version
        agreed_at = required(version.agreed_at, "versi SKP", version.number)
        year = Period.of(plan.year)
        reviewer = people.person("Atasan pejabat penilai kinerja", plan.reviewer_id)
        return Paper(
            title="Sasaran Kinerja Pegawai",
            agency=self.agency,
            period=days_in_words(plan.first_day or year.first_day, plan.last_day or year.last_day),
            status=f"Ditetapkan, versi {version.number}, {MODELS[self.content.model]}",
            day=local_date(agreed_at, self.time_zone),
            people=(
                people.person("Pegawai yang dinilai", plan.employee_id),
                people.person("Pejabat penilai kinerja", plan.appraiser_id),
                reviewer,
            ),
            sections=(self._results(), self._behaviour(), self._annex()),
            signatures=(
                people.signature(
                    "Pegawai yang dinilai",
                    signed("Diajukan", self._moment(version.submitted_at or agreed_at), None),
                    plan.employee_id,
                ),
                people.signature(
                    "Pejabat penilai kinerja",
                    signed("Disetujui", self._moment(agreed_at), version.agreed_capacity),
                    version.agreed_by,
                ),
            ),
        )

    def _moment(self, moment: datetime) -> str:
        return moment_in_words(moment, self.time_zone)

    def _results(self) -> Section:
        source = Column("Perspektif" if self.is_of_high_leader else "Hasil kerja atasan yang diintervensi", 8)
        rest = _TARGETS if self.content.model is PlanModel.QUANTITATIVE else (_MEASURE,)
        tables = []
        for kind, words in KINDS.items():
            chosen = [result for result in self.content.work_results if result.kind is kind]
            rows = [row for number, result in enumerate(chosen, start=1) for row in self._rows(number, result)]
            if rows:
                tables.append(Table(words, (Column("No.", 2), source, _RESULT, *rest), tuple(rows), merged=3))
        return Section("Hasil kerja", tables=tuple(tables))

    def _rows(self, number: int, result: WorkResult) -> list[tuple[str, ...]]:
        source = self.supported.get(result.id, NOTHING)
        if result.perspective is not None:
            source = PERSPECTIVES[result.perspective]
        head = (str(number), source, result.title)
        return [(*head, *self._measure(indicator)) for indicator in result.indicators] or [(*head, *self._blank())]

    def _measure(self, indicator: Indicator) -> tuple[str, ...]:
        target = target_in_words(indicator)
        if self.content.model is PlanModel.QUALITATIVE:
            return (indicator.text if target == NOTHING else f"{indicator.text}: {target}",)
        return (ASPECTS[indicator.aspect] if indicator.aspect else NOTHING, indicator.text, target)

    def _blank(self) -> tuple[str, ...]:
        return (NOTHING,) * (len(_TARGETS) if self.content.model is PlanModel.QUANTITATIVE else 1)

    def _behaviour(self) -> Section:
        rows = tuple(
            (str(number), one.name, "; ".join(one.guides), one.expectation or NOTHING)
            for number, one in enumerate(self.behaviours, start=1)
        )
        columns = (
            Column("No.", 2), Column("Nilai dasar", 6), Column("Panduan perilaku", 16),
            Column("Ekspektasi khusus pimpinan", 10),
        )  # fmt: skip
        return Section("Perilaku kerja", tables=(Table("", columns, rows),))

    def _annex(self) -> Section:
        annex = self.content.annex
        parts = {
            "Dukungan sumber daya": annex.support,
            "Skema pertanggungjawaban": annex.accountability,
            "Konsekuensi": annex.consequences,
        }
        rows = tuple((part, point) for part, points in parts.items() for point in points or (_NONE,))
        columns = (Column("Bagian", 5), Column("Uraian", 12))
        return Section("Lampiran", tables=(Table("", columns, rows, merged=1),))


def target_in_words(indicator: Indicator) -> str:
    """Return a target as people write it: 1.200 usul, or its own words."""
    parts = [] if indicator.target_number is None else [number_in_words(indicator.target_number)]
    if indicator.target_text.strip():
        parts.append(indicator.target_text.strip())
        return " ".join(parts)
    return " ".join([*parts, indicator.unit]).strip() or NOTHING
