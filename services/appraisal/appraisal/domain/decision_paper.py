"""The decision on an objection as a paper (PP 30/2019 Art. 59-60)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from appraisal.domain.evaluation import Evaluation, RatingRecord
from appraisal.domain.evaluation_paper import rated_in_words
from appraisal.domain.objection import Objection
from appraisal.domain.paper_people import PaperPeople
from appraisal.domain.paper_words import OUTCOMES, period_in_words, signed
from appraisal.domain.periods import local_date
from appraisal.domain.values import Outcome
from chassis.indonesian import moment_in_words
from documents.papers import Column, Paper, Section, Table

_FINAL = "Putusan ini bersifat final; dalam prosedur ini tidak ada keberatan lebih lanjut (PP 30/2019 Pasal 59 dan 60)."


@dataclass(frozen=True)
class DecisionToPrint:
    """`before` is the rating objected to, `after` the one that the decision left."""

    objection: Objection
    evaluation: Evaluation
    before: RatingRecord
    after: RatingRecord
    agency: str
    time_zone: str

    @property
    def people(self) -> tuple[UUID | None, ...]:
        one = self.objection
        return (one.employee_id, one.appraiser_id, one.decided_by)

    @property
    def _outcome(self) -> Outcome:
        assert self.objection.outcome is not None
        return Outcome(self.objection.outcome)

    def paper(self, people: PaperPeople) -> Paper:
        one = self.objection
        outcome = self._outcome
        assert one.decided_at is not None
        assert one.decided_by is not None
        return Paper(
            title="Putusan atas Keberatan terhadap Evaluasi Kinerja",
            agency=self.agency,
            period=period_in_words(self.evaluation.period),
            status=f"Diputus: {OUTCOMES[outcome].lower()}",
            day=local_date(one.decided_at, self.time_zone),
            people=(
                people.person("Pegawai yang mengajukan", one.employee_id),
                people.person("Pejabat penilai kinerja", one.appraiser_id),
                people.person("Pejabat yang memutus", one.decided_by),
            ),
            sections=(
                Section(
                    "Keberatan",
                    f"Diajukan pada {moment_in_words(one.filed_at, self.time_zone)}. Alasan: {one.reasons}",
                    points=one.evidence_links,
                ),
                Section("Putusan", f"{OUTCOMES[outcome]}. Pertimbangan: {one.decision_reasons}", (self._ratings(),)),
                Section("Sifat putusan", _FINAL),
            ),
            signatures=(
                people.signature(
                    "Pejabat yang memutus",
                    signed("Diputus", moment_in_words(one.decided_at, self.time_zone), one.decided_capacity),
                    one.decided_by,
                ),
            ),
        )

    def _ratings(self) -> Table:
        columns = (Column("Penilaian", 3), Column("Hasil kerja", 3), Column("Perilaku kerja", 3), Column("Predikat", 3))
        rows = [("Semula", self.before)]
        if self._outcome is Outcome.CHANGED:
            rows.append(("Menurut putusan", self.after))
        return Table(
            "", columns,
            tuple((words, *rated_in_words(one.work_result, one.behaviour, one.predicate)) for words, one in rows),
        )  # fmt: skip


def around(records: Sequence[RatingRecord], decided_at: datetime) -> tuple[RatingRecord, RatingRecord]:
    """Return the rating before a decision and the one that it left; the same where it was kept."""
    before = [one for one in records if one.at < decided_at]
    after = [one for one in records if one.at <= decided_at]
    return (before or after)[-1], after[-1]
