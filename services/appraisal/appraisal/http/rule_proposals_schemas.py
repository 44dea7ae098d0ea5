"""What comes in with a proposal of a rule, and with a decision on it."""

import marshmallow as ma

from appraisal.domain.rule_proposal import ProposalState
from appraisal.domain.rules import RuleKind
from chassis.http import PageQuery, Schema
from chassis.http.fields import choice, optional_choice, text


class RuleProposalIn(Schema):
    kind = choice(RuleKind)
    effective_from = ma.fields.Date(required=True, metadata={"description": "not before today, where the agency is"})
    value = ma.fields.Dict(keys=ma.fields.String(), required=True)
    legal_source = text(longest=1000)
    verified = ma.fields.Boolean(required=True)
    reason = text(longest=2000)


class ProposalDecisionIn(Schema):
    reason = text(longest=2000)


class ProposalsQuery(PageQuery):
    state = optional_choice(ProposalState)
    kind = optional_choice(RuleKind)
