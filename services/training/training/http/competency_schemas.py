"""What goes in and out about competencies, needs and individual plans."""

import marshmallow as ma

from chassis.http import PageArgs, Schema
from training.domain.competency import CompetencyKind
from training.domain.needs import NeedSource, NeedState
from training.domain.plans import ItemState, PlanState
from training.http.fields import COMPETENCY, LEVELS, YEARS, SomePerson, code, link, words

KINDS = ma.validate.OneOf([one.value for one in CompetencyKind])
SOURCES = ma.validate.OneOf([one.value for one in NeedSource])
POSITION_LEVELS = ma.validate.OneOf(
    ["PEMULA", "TERAMPIL", "MAHIR", "PENYELIA", "AHLI_PERTAMA", "AHLI_MUDA", "AHLI_MADYA", "AHLI_UTAMA"]
)


class CompetencyChange(Schema):
    kind = ma.fields.String(required=True, validate=KINDS)
    name = words(200)
    definition = words(4000, load_default="")
    active = ma.fields.Boolean(load_default=True)


class CompetencyIn(Schema):
    code = code(COMPETENCY)
    kind = ma.fields.String(required=True, validate=KINDS)
    name = words(200)
    definition = words(4000, load_default="")


class CompetencyOut(Schema):
    code = ma.fields.String(required=True)
    kind = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    definition = ma.fields.String(required=True)
    source = ma.fields.String(required=True)
    verified = ma.fields.Boolean(required=True)
    active = ma.fields.Boolean(required=True)
    version = ma.fields.Integer(required=True)


class CompetencyArgs(PageArgs):
    kind = ma.fields.String(load_default=None, validate=KINDS)


class StandardIn(Schema):
    position_code = words(100)
    position_level = ma.fields.String(load_default=None, allow_none=True, validate=POSITION_LEVELS)
    competency_code = code(COMPETENCY)
    required_level = ma.fields.Integer(required=True, validate=LEVELS)
    valid_from = ma.fields.Date(required=True)
    source = words(500, load_default="Standar kompetensi jabatan instansi")


class StandardOut(Schema):
    id = ma.fields.UUID(required=True)
    position_code = ma.fields.String(required=True)
    position_level = ma.fields.String(required=True, allow_none=True)
    competency_code = ma.fields.String(required=True)
    required_level = ma.fields.Integer(required=True)
    valid_from = ma.fields.Date(required=True)
    source = ma.fields.String(required=True)
    recorded_by = ma.fields.UUID(required=True)
    recorded_at = ma.fields.DateTime(required=True)


class StandardArgs(PageArgs):
    position_code = ma.fields.String(load_default=None)
    competency_code = ma.fields.String(load_default=None)


class AssessmentIn(Schema):
    employee_id = ma.fields.UUID(required=True)
    competency_code = code(COMPETENCY)
    actual_level = ma.fields.Integer(required=True, validate=LEVELS)
    assessed_on = ma.fields.Date(load_default=None, allow_none=True)
    method = words(200, load_default="Penilaian pejabat penilai")
    evidence_link = link(load_default=None, allow_none=True)


class AssessmentOut(Schema):
    id = ma.fields.UUID(required=True)
    employee_id = ma.fields.UUID(required=True)
    competency_code = ma.fields.String(required=True)
    actual_level = ma.fields.Integer(required=True)
    required_level = ma.fields.Integer(required=True, allow_none=True)
    gap = ma.fields.Integer(required=True, allow_none=True)
    assessed_on = ma.fields.Date(required=True)
    method = ma.fields.String(required=True)
    evidence_link = ma.fields.String(required=True, allow_none=True)
    assessor_id = ma.fields.UUID(required=True)
    recorded_at = ma.fields.DateTime(required=True)


class PersonCompetency(Schema):
    competency_code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, allow_none=True)
    required_level = ma.fields.Integer(required=True, allow_none=True)
    actual_level = ma.fields.Integer(required=True, allow_none=True)
    gap = ma.fields.Integer(required=True, allow_none=True, metadata={"description": "null: one of the two is unknown"})
    standard_id = ma.fields.UUID(required=True, allow_none=True)
    assessment_id = ma.fields.UUID(required=True, allow_none=True)


class GapRule(Schema):
    rule = ma.fields.String(required=True)
    source = ma.fields.String(required=True)
    verified = ma.fields.Boolean(required=True)


class PersonCompetenciesOut(Schema):
    employee_id = ma.fields.UUID(required=True)
    position_code = ma.fields.String(required=True, allow_none=True)
    position_level = ma.fields.String(required=True, allow_none=True)
    as_of = ma.fields.Date(required=True)
    competencies = ma.fields.List(ma.fields.Nested(PersonCompetency), required=True)
    explanation = ma.fields.Nested(GapRule, required=True)


class NeedIn(SomePerson):
    competency_code = code(COMPETENCY)
    reason = words(1000)


class NeedArgs(PageArgs):
    employee_id = ma.fields.UUID(load_default=None)
    team = ma.fields.Boolean(load_default=False, metadata={"description": "the people whom I appraise"})
    state = ma.fields.String(load_default=None, validate=ma.validate.OneOf([one.value for one in NeedState]))
    competency_code = ma.fields.String(load_default=None)
    source = ma.fields.String(load_default=None, validate=SOURCES)
    year = ma.fields.Integer(load_default=None, validate=YEARS)


class NeedCauseOut(Schema):
    source = ma.fields.String(required=True)
    source_id = ma.fields.UUID(required=True, allow_none=True)
    evaluation_id = ma.fields.UUID(required=True, allow_none=True)
    required_level = ma.fields.Integer(required=True, allow_none=True)
    actual_level = ma.fields.Integer(required=True, allow_none=True)
    reason = ma.fields.String(required=True)
    recorded_at = ma.fields.DateTime(required=True)


class NeedOut(Schema):
    id = ma.fields.UUID(required=True)
    employee_id = ma.fields.UUID(required=True)
    competency_code = ma.fields.String(required=True)
    state = ma.fields.String(required=True)
    source = ma.fields.String(required=True, metadata={"description": "the weightiest of the causes"})
    required_level = ma.fields.Integer(required=True, allow_none=True)
    actual_level = ma.fields.Integer(required=True, allow_none=True)
    gap = ma.fields.Integer(required=True, allow_none=True)
    year = ma.fields.Integer(required=True)
    raised_at = ma.fields.DateTime(required=True)
    version = ma.fields.Integer(required=True)
    causes = ma.fields.List(ma.fields.Nested(NeedCauseOut), required=True)


class NeedMoveOut(Schema):
    state = ma.fields.String(required=True)
    reason = ma.fields.String(required=True)
    moved_by = ma.fields.String(required=True)
    moved_at = ma.fields.DateTime(required=True)


class NeedExplanation(NeedCauseOut):
    sentence = ma.fields.String(required=True)
    gap = ma.fields.Integer(required=True, allow_none=True)
    calculation = ma.fields.String(required=True)
    standard_id = ma.fields.UUID(required=True, allow_none=True)
    assessment_id = ma.fields.UUID(required=True, allow_none=True)
    legal_source = ma.fields.String(required=True)


class NeedDetail(NeedOut):
    history = ma.fields.List(ma.fields.Nested(NeedMoveOut), required=True)
    explanation = ma.fields.List(ma.fields.Nested(NeedExplanation), required=True)


class PlanIn(SomePerson):
    year = ma.fields.Integer(required=True, validate=YEARS)


class PlanArgs(PageArgs):
    employee_id = ma.fields.UUID(load_default=None)
    team = ma.fields.Boolean(load_default=False)
    year = ma.fields.Integer(load_default=None, validate=YEARS)


class PlanItemIn(Schema):
    goal = words(1000)
    need_id = ma.fields.UUID(load_default=None, allow_none=True)
    course_code = words(60, load_default=None, allow_none=True)
    kind_code = words(60, load_default=None, allow_none=True)
    jp = ma.fields.Integer(load_default=None, allow_none=True, validate=ma.validate.Range(0, 2000))
    due_on = ma.fields.Date(load_default=None, allow_none=True)


class ReadingIn(Schema):
    item_id = ma.fields.UUID(required=True)


class ReadingOut(Schema):
    item_id = ma.fields.UUID(required=True)
    title = ma.fields.String(required=True)
    added_at = ma.fields.DateTime(required=True)
    read_on = ma.fields.Date(required=True, allow_none=True)


class PlanItemOut(Schema):
    id = ma.fields.UUID(required=True)
    goal = ma.fields.String(required=True)
    need_id = ma.fields.UUID(required=True, allow_none=True)
    course_code = ma.fields.String(required=True, allow_none=True)
    kind_code = ma.fields.String(required=True)
    jp = ma.fields.Integer(required=True)
    due_on = ma.fields.Date(required=True, allow_none=True)
    state = ma.fields.String(required=True, validate=ma.validate.OneOf([one.value for one in ItemState]))
    record_id = ma.fields.UUID(required=True, allow_none=True)
    reading_list = ma.fields.List(ma.fields.Nested(ReadingOut), required=True)


class PlanOut(Schema):
    id = ma.fields.UUID(required=True)
    employee_id = ma.fields.UUID(required=True)
    year = ma.fields.Integer(required=True)
    revision = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True, validate=ma.validate.OneOf([one.value for one in PlanState]))
    note = ma.fields.String(required=True)
    agreed_by = ma.fields.UUID(required=True, allow_none=True)
    agreed_at = ma.fields.DateTime(required=True, allow_none=True)
    planned_jp = ma.fields.Integer(required=True)
    done_jp = ma.fields.Integer(required=True)
    version = ma.fields.Integer(required=True)
    items = ma.fields.List(ma.fields.Nested(PlanItemOut), required=True)
