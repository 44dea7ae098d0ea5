"""A periodic or annual evaluation as a paper (PermenPANRB 6/2022, annex: forms of evaluation)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.explanation import ExplanationView, FinishedView, RatingVersionView
from appraisal.domain.item_views import EvaluationItemView
from appraisal.domain.paper_people import PaperPeople
from appraisal.domain.paper_words import (
    CAPACITIES,
    NOTHING,
    PREDICATES,
    RATINGS,
    days_in_words,
    number_in_words,
    period_in_words,
    signed,
)
from appraisal.domain.periods import Period, local_date
from appraisal.domain.plan_content import Content, WorkResult
from appraisal.domain.plan_paper import KINDS, target_in_words
from appraisal.domain.plan_views import BehaviourView
from appraisal.domain.rating_basis import ExplainedSegmentView
from appraisal.domain.rating_inputs import FeedbackUsedView, RealisationView
from appraisal.domain.segment_rating import SegmentRating
from appraisal.domain.values import BehaviourValue, CompletedBy, EvaluationKind, EvaluationState, GiverRole, RatingLevel
from chassis.indonesian import moment_in_words
from directory.performance import Predicate
from documents.papers import Column, Paper, Section, Signature, Table

_TITLES = {
    EvaluationKind.PERIODIC: "Evaluasi Kinerja Periodik Pegawai",
    EvaluationKind.ANNUAL: "Evaluasi Kinerja Tahunan Pegawai",
}
_COMPLETED = {
    CompletedBy.APPRAISER: "Final, ditetapkan pejabat penilai kinerja",
    CompletedBy.ACCEPTED: "Final, diterima pegawai",
    CompletedBy.WINDOW_EXPIRED: "Final, masa keberatan berakhir",
    CompletedBy.DECIDED: "Final, diputus atas keberatan",
}
_ISSUED = "Diterbitkan, belum final"
# What is left to the employee of an annual evaluation that is final; of others the explanation says it.
_FINAL_RIGHTS = {
    CompletedBy.ACCEPTED: "Pegawai telah menerima hasil evaluasi ini, sehingga hasilnya final.",
    CompletedBy.WINDOW_EXPIRED: "Masa keberatan telah berakhir tanpa keberatan, sehingga hasilnya final.",
    CompletedBy.DECIDED: "Keberatan pegawai telah diputus; putusan itu bersifat final (PP 30/2019 Pasal 59 dan 60).",
}
_FINAL_AFTER_WITHDRAWAL = (
    "Pegawai menarik keberatannya pada {at}, dan masa keberatan telah berakhir, sehingga hasil evaluasi ini final."
)
_WITHDRAWN = "Keberatan ditarik oleh pegawai pada {at}."
_RATED = (Column("Rating hasil kerja", 3), Column("Rating perilaku kerja", 3), Column("Predikat kinerja", 3))


@dataclass(frozen=True)
class EvaluationToPrint:
    """`content` is the version of the plan by which it was rated."""

    evaluation: Evaluation
    explanation: ExplanationView
    content: Content
    behaviours: Sequence[BehaviourView]
    agency: str
    time_zone: str

    @property
    def people(self) -> tuple[UUID | None, ...]:
        one = self.evaluation
        named = (one.employee_id, one.appraiser_id, one.reviewer_id, self.explanation.decided_by.employee_id)
        return (*named, self._finisher.employee_id) if self._finisher else named

    @property
    def _finisher(self) -> FinishedView | None:
        """Return who finished it by an order: in the name of who appraises, whoever made the proposal."""
        done = self.explanation.finished
        return done if done is not None and done.order_reference else None

    def paper(self, people: PaperPeople) -> Paper:
        one, period = self.evaluation, self.evaluation.period
        days = days_in_words(one.first_day or period.first_day, one.last_day or period.last_day)
        is_final = one.state is EvaluationState.FINAL
        status = _COMPLETED[one.completed_by] if one.completed_by else _ISSUED
        at = (one.final_at if is_final else one.issued_at) or self.explanation.decided_by.at
        return Paper(
            title=_TITLES[one.kind],
            agency=self.agency,
            period=f"{period_in_words(period)} ({days})",
            status=f"{status}; penilaian ke-{one.revision} menurut SKP versi {one.plan_version}",
            day=local_date(max(at, self.explanation.decided_by.at), self.time_zone),
            people=(
                people.person("Pegawai yang dinilai", one.employee_id),
                people.person("Pejabat penilai kinerja", one.appraiser_id),
                people.person("Atasan pejabat penilai kinerja", one.reviewer_id),
            ),
            sections=(
                self._results(), self._behaviour(), self._predicate(), *self._periods(), *self._segments(),
                *self._history(), *self._finishing(people), self._rights(),
            ),
            signatures=self._signatures(people),
        )  # fmt: skip

    def _results(self) -> Section:
        realised = {one.work_result_id: one for one in self.explanation.inputs.realisation}
        columns = (
            Column("No.", 2), Column("Rencana hasil kerja", 8), Column("Indikator dan target", 7),
            Column("Realisasi", 9), Column("Umpan balik pimpinan", 7), *self._remarks,
        )  # fmt: skip
        tables = []
        for kind, words in KINDS.items():
            chosen = [result for result in self.content.work_results if result.kind is kind]
            rows = tuple(self._row(number, result, realised) for number, result in enumerate(chosen, start=1))
            if rows:
                tables.append(Table(words, columns, rows))
        text = _rated(self.evaluation.rating.work_result, self._notes[0]) + self._of_former_rating
        return Section("Hasil kerja", text, tuple(tables))

    @cached_property
    def _items(self) -> dict[UUID | BehaviourValue | None, EvaluationItemView]:
        return {one.behaviour_value or one.work_result_id: one for one in self.explanation.items}

    @cached_property
    def _stated(self) -> dict[tuple[UUID, UUID | None], str]:
        """Return what the person stated before the rating, by plan and result: a plan after a move has the same ids."""
        statements = self.explanation.inputs.own_realisations
        return {(one.plan_id, item.work_result_id): item.realisation for one in statements for item in one.items}

    def _achieved(self, plan_id: UUID, item: EvaluationItemView) -> str:
        """Return who says what was achieved by a plan: the person, the appraiser, or both."""
        stated = self._stated.get((plan_id, item.work_result_id), "").strip()
        if not stated:
            return item.realisation
        found = f"; menurut penilai: {item.realisation}" if item.realisation else ""
        return f"Menurut pegawai: {stated}{found}"

    @property
    def _remarks(self) -> tuple[Column, ...]:
        return () if self.explanation.items_revision is None else (Column("Catatan penilai", 8),)

    def _remark_on(self, *texts: str) -> tuple[str, ...]:
        return (_joined([text for text in texts if text]),) if self._remarks else ()

    @property
    def _of_former_rating(self) -> str:
        """Return of which rating realisation and remarks are, where it is not the one that stands."""
        revision = self.explanation.items_revision
        if revision is None or revision == self.evaluation.revision:
            return ""
        return f" Realisasi dan catatan penilai di bawah ini diberikan pada penilaian ke-{revision}."

    @property
    def _notes(self) -> tuple[str, str]:
        return self.evaluation.rating.work_result_note, self.evaluation.rating.behaviour_note

    def _row(self, number: int, result: WorkResult, realised: Mapping[UUID, RealisationView]) -> tuple[str, ...]:
        measures = [f"{one.text}: {target_in_words(one)}" for one in result.indicators]
        remarks = [_with_answer(one) for one in self._feedback if one.work_result_id == result.id]
        log, achieved = (
            _realised(realised.get(result.id)),
            self._achieved(self.evaluation.plan_id, self._items[result.id]),
        )
        return (
            str(number),
            result.title,
            _joined(measures),
            f"{achieved} ({log})" if achieved else log,
            _joined(remarks),
            *self._remark_on(self._items[result.id].remark),
        )

    def _behaviour(self) -> Section:
        columns = (
            Column("No.", 2), Column("Nilai dasar", 8), Column("Ekspektasi khusus pimpinan", 10),
            Column("Umpan balik pimpinan", 10), *self._remarks,
        )  # fmt: skip
        rows = tuple(
            (
                str(number), one.name, one.expectation or NOTHING, _joined(self._feedback_on(one)),
                *self._remark_on(self._items[one.value].realisation, self._items[one.value].remark),
            )
            for number, one in enumerate(self.behaviours, start=1)
        )  # fmt: skip
        text = _rated(self.evaluation.rating.behaviour, self._notes[1]) + self._of_former_rating
        return Section("Perilaku kerja", text, (Table("", columns, rows),))

    def _feedback_on(self, behaviour: BehaviourView) -> list[str]:
        return [_with_answer(one) for one in self._feedback if one.behaviour_value is behaviour.value]

    @property
    def _feedback(self) -> list[FeedbackUsedView]:
        """Return that of the appraiser: the form has the leader's, what others wrote is in the explanation."""
        return [one for one in self.explanation.inputs.feedback if one.giver_role is GiverRole.APPRAISER]

    def _predicate(self) -> Section:
        rating, rule = self.evaluation.rating, self.explanation.rule
        row = rated_in_words(rating.work_result, rating.behaviour, rating.predicate)
        basis = f"{rule.text} Dasar: {rule.legal_source} (aturan {rule.rule_version})."
        return Section("Predikat kinerja", basis, (Table("", _RATED, (row,)),))

    def _periods(self) -> tuple[Section, ...]:
        if self.evaluation.kind is not EvaluationKind.ANNUAL:
            return ()
        rows = tuple(
            (
                period_in_words(Period.of(self.evaluation.year, one.quarter, one.month)),
                *rated_in_words(one.work_result, one.behaviour, one.predicate),
            )
            for one in self.explanation.inputs.periodic_evaluations
        )
        title = "Evaluasi periodik yang dipertimbangkan"
        if not rows:
            return (Section(title, "Tidak ada evaluasi periodik final pada saat penilaian."),)
        return (Section(title, tables=(Table("", (Column("Periode", 3), *_RATED), rows),)),)

    def _segments(self) -> tuple[Section, ...]:
        found = self.explanation.segment_ratings
        by_order = any(one.order_reference for one in found)
        rows = tuple(
            (
                days_in_words(one.first_day, one.last_day),
                *rated_in_words(one.work_result, one.behaviour, one.predicate),
                *((one.order_reference or NOTHING,) if by_order else ()),
            )
            for one in found
        )
        if not rows:
            return ()
        rated = Table("", (Column("Hari", 4), *_RATED, *((Column("Perintah", 4),) if by_order else ())), rows)
        ratings, segments = self.explanation.segment_ratings, self.explanation.segments
        items = (self._segment_items(*pair) for pair in zip(ratings, segments, strict=True))
        tables = (rated, *(one for one in items if one.rows))
        return (Section("Penilaian atas hari-hari sebelum mutasi", tables=tables),)

    def _segment_items(self, rating: SegmentRating, segment: ExplainedSegmentView) -> Table:
        """Return what was found for single results and values of days until a move; of the others no row."""
        columns = (Column("Hasil kerja atau nilai dasar", 8), Column("Realisasi", 9), Column("Catatan penilai", 8))
        rows = tuple(
            (one.title, achieved or NOTHING, one.remark or NOTHING)
            for one in segment.items
            if (achieved := self._achieved(rating.plan_id, one)) or one.remark
        )
        return Table(f"Butir penilaian {days_in_words(rating.first_day, rating.last_day)}", columns, rows)

    def _history(self) -> tuple[Section, ...]:
        history = self.explanation.history
        if len(history) == 1 and not history[0].order_reference:
            return ()
        columns = (Column("Ke-", 1), Column("Waktu", 4), *_RATED, Column("Dasar", 5))
        return (Section("Riwayat penilaian", tables=(Table("", columns, tuple(map(self._step, history))),)),)

    def _step(self, one: RatingVersionView) -> tuple[str, ...]:
        basis = [text for text in (one.order_reference, one.reason) if text]
        moment = moment_in_words(one.at, self.time_zone)
        return (
            str(one.revision), moment, *rated_in_words(one.work_result, one.behaviour, one.predicate), _joined(basis),
        )  # fmt: skip

    def _finishing(self, people: PaperPeople) -> tuple[Section, ...]:
        done = self._finisher
        if done is None:
            return ()
        name, office = people.person("", done.employee_id).name, CAPACITIES[done.capacity]
        by = f"{name} ({office})" if office else name
        return (Section("Penyelesaian penilaian", f"Diselesaikan oleh {by} berdasarkan {done.order_reference}."),)

    def _rights(self) -> Section:
        one = self.evaluation
        final = _FINAL_RIGHTS.get(one.completed_by) if one.completed_by else None
        withdrawn = self.explanation.rights.withdrawn_objections
        if withdrawn and final is not None:
            at = moment_in_words(withdrawn[-1].withdrawn_at, self.time_zone)
            is_expired = one.completed_by is CompletedBy.WINDOW_EXPIRED
            final = (_FINAL_AFTER_WITHDRAWAL if is_expired else f"{_WITHDRAWN} {final}").format(at=at)
        return Section("Hak pegawai", final or self.explanation.rights.text)

    def _signatures(self, people: PaperPeople) -> tuple[Signature, ...]:
        one, decided = self.evaluation, self.explanation.decided_by
        words = signed("Dinilai", moment_in_words(decided.at, self.time_zone), decided.capacity)
        rated = people.signature("Pejabat yang menilai", words, decided.employee_id)
        if one.received_at is None:
            return (rated,)
        receipt = f"Diterima pada {moment_in_words(one.received_at, self.time_zone)}"
        return (people.signature("Pegawai yang dinilai", receipt, one.employee_id), rated)


def rated_in_words(work_result: RatingLevel, behaviour: RatingLevel, predicate: Predicate) -> tuple[str, str, str]:
    return RATINGS[work_result], RATINGS[behaviour], PREDICATES[predicate]


def _rated(level: RatingLevel, note: str) -> str:
    return f"Rating: {RATINGS[level]}. Catatan: {note or 'tidak ada.'}"


def _realised(found: RealisationView | None) -> str:
    if found is None:
        return "belum ada catatan harian"
    quantity = "" if found.quantity is None else f", jumlah {number_in_words(found.quantity)}"
    return f"catatan harian: {found.entries}{quantity}, {found.evidence_links} tautan bukti"


def _with_answer(feedback: FeedbackUsedView) -> str:
    """Return feedback with the person's answer, where there was one before the rating."""
    return f"{feedback.text} (tanggapan pegawai: {feedback.answer})" if feedback.answer else feedback.text


def _joined(texts: Sequence[str]) -> str:
    return "; ".join(texts) or NOTHING
