"""Requests about claims and their repayment."""

import marshmallow as ma

from approvals.routes import ProposedIn
from chassis.http import PageQuery
from chassis.http.fields import choice, text
from incentive.domain.claim import ClaimState
from incentive.http.fields import Month

RUPIAH = ma.validate.Range(1, 10**12)


class ClaimsQuery(PageQuery):
    state = choice(ClaimState, load_default=None)
    employee_id = ma.fields.UUID(load_default=None)


class PlanIn(ProposedIn):
    """What is decided after the interview with the person."""

    instalment = ma.fields.Integer(required=True, validate=RUPIAH, metadata={"description": "rupiah a month"})
    from_month = Month(required=True)
    interview_note = text(2000, metadata={"description": "what the person answered, and when"})


class RepaymentIn(ProposedIn):
    amount = ma.fields.Integer(required=True, validate=RUPIAH)
    reference = text(100, metadata={"description": "the treasury's proof of receipt"})
