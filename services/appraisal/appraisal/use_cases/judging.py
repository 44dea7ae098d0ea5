"""Two ratings into a judgement, by the matrix that was in force when the period ended."""

from collections.abc import Mapping
from typing import Any

from appraisal.domain.evaluation import Judgement
from appraisal.domain.periods import period_bounds
from appraisal.domain.rating import missing_notes, predicate_of
from appraisal.domain.rules import RuleKind
from appraisal.domain.values import Rating
from appraisal.persistence.rules import AgencySetting
from chassis.errors import FieldError, InvalidInput


def judge(setting: AgencySetting, year: int, quarter: int | None, body: Mapping[str, Any]) -> tuple[Judgement, str]:
    """Give the judgement and the version of the matrix; raises InvalidInput when a low rating lacks its reason."""
    work_result, behaviour = Rating(body["work_result"]), Rating(body["behaviour"])
    result_note, behaviour_note = body["work_result_note"], body["behaviour_note"]
    missing = missing_notes(work_result, behaviour, result_note, behaviour_note)
    if missing:
        expected = "alasan tertulis, karena penilaian di bawah ekspektasi"
        raise InvalidInput(errors=[FieldError(field, "note_required", "", expected) for field in missing])
    _, last = period_bounds(year, quarter)
    rule = setting.rules.on(RuleKind.PREDICATE_MATRIX, last)
    predicate = predicate_of(setting.rules.matrix(last), work_result, behaviour)
    return Judgement(work_result, behaviour, result_note, behaviour_note, predicate), rule.rule_version
