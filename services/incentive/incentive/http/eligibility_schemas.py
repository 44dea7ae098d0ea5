"""Requests about eligibility."""

import marshmallow as ma

from approvals.routes import ProposedIn
from chassis.http import PageQuery
from chassis.http.fields import choice, code, text
from incentive.domain.values import EligibilityKind
from incentive.http.fields import Day


class EligibilityQuery(PageQuery):
    kind = choice(EligibilityKind)
    eligible = ma.fields.Boolean(load_default=None)
    unit_id = ma.fields.UUID(load_default=None)
    missing = code(r"^[a-z_]{1,40}$", load_default=None)


class AttestationIn(ProposedIn):
    vacancy = ma.fields.Boolean(load_default=False)
    competency_test = ma.fields.Boolean(load_default=False)
    professional_development = ma.fields.Boolean(load_default=False)
    last_raise_on = Day(load_default=None, allow_none=True)
    reference = text(200)
