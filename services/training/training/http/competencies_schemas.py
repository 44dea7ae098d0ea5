"""What comes in about competencies, standards of posts and assessments."""

import marshmallow as ma

from approvals.routes import ProposedIn
from chassis.http import PageQuery, Schema
from chassis.http.fields import choice, optional_choice, optional_text, text, web_link
from directory.people import PositionLevel
from training.domain.competency import CompetencyKind
from training.http.fields import LEVELS, competency_code, optional_day


class CompetencyChangeIn(Schema):
    kind = choice(CompetencyKind)
    name = text(200)
    definition = optional_text(4000)
    active = ma.fields.Boolean(load_default=True)


class CompetencyIn(Schema):
    code = competency_code()
    kind = choice(CompetencyKind)
    name = text(200)
    definition = optional_text(4000)


class CompetenciesQuery(PageQuery):
    kind = choice(CompetencyKind, load_default=None)


class StandardIn(ProposedIn):
    position_code = text(100)
    position_level = optional_choice(PositionLevel)
    competency_code = competency_code()
    required_level = ma.fields.Integer(required=True, validate=LEVELS)
    valid_from = ma.fields.Date(required=True)
    source = text(500, load_default="Standar kompetensi jabatan instansi")


class StandardsQuery(PageQuery):
    position_code = ma.fields.String(load_default=None)
    competency_code = ma.fields.String(load_default=None)


class AssessmentIn(Schema):
    employee_id = ma.fields.UUID(required=True)
    competency_code = competency_code()
    actual_level = ma.fields.Integer(required=True, validate=LEVELS)
    assessed_on = optional_day()
    method = text(200, load_default="Penilaian pejabat penilai")
    evidence_link = web_link(load_default=None, allow_none=True)
