"""The published results of one group and of the groups directly below it, as far as the reader's reach goes."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from wellbeing.domain.errors import SurveyResultsNotPublished, SurveyResultsOutOfReach
from wellbeing.domain.surveys import SurveyState
from wellbeing.domain.units import UnitTree
from wellbeing.persistence import directory, surveys
from wellbeing.persistence.models import Survey, SurveyResult

from .give_survey_token import survey_groups
from .reach import led_units


@dataclass(frozen=True)
class CellView:
    """One question in one group. Hidden: everything null but the reason."""

    question_id: UUID
    kind: str
    text: str
    answers: int | None
    mean: Decimal | None
    texts: list[str] | None
    reason: str | None


@dataclass(frozen=True)
class GroupView:
    unit_id: UUID | None
    unit_code: str | None
    unit_name: str | None
    answers: int | None
    reason: str | None
    questions: list[CellView]


@dataclass(frozen=True)
class ExplanationView:
    """How it was decided what is shown, in words and with the numbers that were used."""

    rule: str
    minimum_scores: int
    minimum_free_text: int
    version: str
    source: str
    sentence: str


@dataclass(frozen=True)
class ResultsView:
    survey_id: UUID
    group: GroupView
    below: list[GroupView]
    explanation: ExplanationView


@dataclass(frozen=True)
class _Reach:
    """What a reader may see: every group or these, and the free text of these."""

    everything: bool
    groups: frozenset[UUID]
    texts: frozenset[UUID]

    def sees(self, unit: UUID | None) -> bool:
        return unit is None or self.everything or unit in self.groups


def read_survey_results(work: UnitOfWork, actor: Principal, survey_id: UUID, unit_id: UUID | None) -> ResultsView:
    with work.transaction(actor.agency_id) as tx:
        survey = surveys.get(tx.session, survey_id)
        if survey.state == SurveyState.DRAFT.value and not actor.has("wellbeing_officer"):
            raise NotFound(object="survei", id=survey_id)
        if survey.state != SurveyState.PUBLISHED.value:
            raise SurveyResultsNotPublished(state=survey.state)
        tree, _ = survey_groups(survey)
        if unit_id is not None and unit_id not in tree.parents:
            raise NotFound(object="unit dalam survei ini", id=unit_id)
        reach = _reach(tx, actor, tree)
        if not reach.sees(unit_id):
            raise SurveyResultsOutOfReach
        children: Collection[UUID] = tree.tops() if unit_id is None else tree.children.get(unit_id, ())
        seen = [child for child in children if reach.sees(child)]
        names = directory.unit_names(tx.session)
        if actor.has("wellbeing_officer", "unit_leader"):
            audit.record(tx, actor, "survey_results_read", "survey", survey_id, unit_id=unit_id)
        return ResultsView(
            survey_id,
            _group(tx, actor, survey, unit_id, reach, names),
            [_group(tx, actor, survey, child, reach, names) for child in seen],
            _explanation(survey),
        )


def _reach(tx: Transaction, actor: Principal, tree: UnitTree) -> _Reach:
    """Everybody: the whole, their own unit and those above it, each with the groups directly below, as suppressed.
    Leaders: their tree. Officer and inspector: all.

    Free text is read by the officer and, of their own tree, by leaders.
    """
    led = tree.subtree(led_units(tx, actor))
    own = directory.employee(tx.session, tx.agency_id, actor.employee_id) if actor.employee_id else None
    chain: set[UUID] = set()
    if own is not None and own.unit_id is not None:
        chain = {own.unit_id, *directory.tree(tx.session).ancestors(own.unit_id)}
    beside = {child for unit in chain for child in tree.children.get(unit, ())} | set(tree.tops())
    return _Reach(actor.has("wellbeing_officer", "inspector"), frozenset(chain | beside | led), led)


def _group(
    tx: Transaction,
    actor: Principal,
    survey: Survey,
    unit_id: UUID | None,
    reach: _Reach,
    names: dict[UUID, tuple[str, str]],
) -> GroupView:
    rows = {row.question_id: row for row in surveys.results(tx.session, survey.survey_id, unit_id)}
    code, name = names.get(unit_id, (None, None)) if unit_id else (None, None)
    with_texts = actor.has("wellbeing_officer") or unit_id in reach.texts
    cells = [
        CellView(
            question.question_id,
            question.kind.value,
            question.text,
            *_shown(rows[question.question_id], with_texts=with_texts),
        )
        for question in surveys.questions(tx.session, survey.survey_id)
    ]
    return GroupView(unit_id, code, name, rows[None].answers, rows[None].reason, cells)


def _shown(row: SurveyResult, *, with_texts: bool) -> tuple[int | None, Decimal | None, list[str] | None, str | None]:
    return row.answers, row.mean, row.texts if with_texts else None, row.reason


def _explanation(survey: Survey) -> ExplanationView:
    minimum = survey.anonymity or {}
    return ExplanationView(
        rule="complementary_suppression_v1",
        minimum_scores=minimum["scores"],
        minimum_free_text=minimum["free_text"],
        version=survey.anonymity_version or "",
        source="Kebijakan anonimitas Suar atau instansi, ditetapkan sebelum survei dibuka. Bukan ketentuan hukum.",
        sentence=(
            f"Nilai ditampilkan untuk kelompok dengan paling sedikit {minimum['scores']} jawaban, tulisan bebas untuk "
            f"paling sedikit {minimum['free_text']} jawaban. Bila satu kelompok disembunyikan, kelompok terkecil "
            "berikutnya yang setingkat ikut disembunyikan agar tidak dapat dihitung dari selisih. Sisa jawaban "
            "yang terlalu sedikit tidak dihitung dalam laporan unit di atasnya."
        ),
    )
