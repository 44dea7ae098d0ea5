"""What comes in with an evaluation."""

from typing import Any

import marshmallow as ma

from appraisal.domain.evaluation import EmployeeRating
from appraisal.domain.evaluation_item import EvaluationItem
from appraisal.domain.periods import Period
from appraisal.domain.rating_evidence import ReadEvidence
from appraisal.domain.values import BehaviourValue, EvaluationKind, EvaluationState, RatingLevel
from appraisal.http.fields import (
    ONE_PART,
    OnePart,
    calendar_year,
    competency_codes,
    query_month,
    query_quarter,
    query_year,
)
from appraisal.http.units_schemas import PeriodQuery
from appraisal.use_cases.evaluations.export import ExportEvaluations
from appraisal.use_cases.evaluations.rate import RateEmployees
from chassis.http import PageQuery, Schema, fields
from chassis.http.fields import choice, optional_choice, optional_text

MOST_ITEMS, MOST_IDS = 57, 400  # the results of the largest plan and the seven values; an entry on each day


def evidence_ids(description: str) -> ma.fields.List[Any]:
    return ma.fields.List(
        ma.fields.UUID(),
        load_default=list,
        validate=ma.validate.Length(0, MOST_IDS),
        metadata={"description": description},
    )


class EvaluationItemIn(Schema):
    """What was found for one result or one value; loaded as an item."""

    work_result_id = ma.fields.UUID(load_default=None, allow_none=True)
    behaviour_value = optional_choice(BehaviourValue)
    realisation = optional_text(metadata={"description": "what was achieved, in words"})
    remark = optional_text()
    progress_ids = evidence_ids("entries of the log on which it rests")
    feedback_ids = evidence_ids("feedback on which it rests; with neither, all of the period on this result or value")

    @ma.post_load
    def _load(self, data: dict[str, Any], **_: Any) -> EvaluationItem:
        ids: dict[str, Any] = {name: tuple(data[name]) for name in ("progress_ids", "feedback_ids")}
        return EvaluationItem(**{**data, **ids})


def evaluation_items(description: str) -> ma.fields.List[Any]:
    return ma.fields.List(
        ma.fields.Nested(EvaluationItemIn),
        load_default=list,
        validate=ma.validate.Length(0, MOST_ITEMS),
        metadata={"description": description},
    )


class RatingIn(Schema):
    work_result = choice(RatingLevel)
    behaviour = choice(RatingLevel)
    work_result_note = optional_text()
    behaviour_note = optional_text()


class SegmentRatingIn(RatingIn, OnePart):
    employee_id = ma.fields.UUID(required=True)
    year = calendar_year()
    first_day = ma.fields.Date(required=True, metadata={"description": "first of the days that the move has ended"})
    order_reference = optional_text(200)
    items = evaluation_items("one for a result or value of the plan that the move ended")


class EmployeeRatingIn(RatingIn):
    employee_id = ma.fields.UUID(required=True)
    competency_codes = competency_codes()
    order_reference = optional_text(200)
    reason = optional_text(
        2000, metadata={"description": "why a proposal is changed, or kept although it was returned"}
    )
    items = evaluation_items("one for a result or value; what says nothing leaves the items that a proposal has")


class BatchItemIn(EmployeeRatingIn):
    version = ma.fields.Integer(
        load_default=None,
        validate=ma.validate.Range(1),
        metadata={"description": "of the proposal that it changes"},
    )


class PeriodIn(Schema):
    """The period of one or many ratings; loaded with them as one command."""

    year = calendar_year()
    finish = ma.fields.Boolean(
        load_default=True,
        metadata={
            "description": "false keeps a proposal; true makes it final, or issues an annual one; "
            "an extreme is reviewed before, where the rule says so"
        },
    )

    @ma.post_load
    def _load(self, data: dict[str, Any], **_: Any) -> RateEmployees:
        period = Period.of(data.pop("year"), data.pop("quarter", None), data.pop("month", None))
        finish = data.pop("finish")
        people = [data] if "employee_id" in data else data.pop("items")
        ratings = [EmployeeRating(**{**one, "items": tuple(one["items"])}) for one in people]
        return RateEmployees(period, ratings, finish)


class PartIn(PeriodIn, OnePart):
    """A quarter or a month, whichever the agency's cycle of the year has."""

    @ma.validates_schema
    def _some_part(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("quarter") is None and data.get("month") is None:
            raise ma.ValidationError(ONE_PART, "quarter")


class PeriodicIn(EmployeeRatingIn, PartIn):
    pass


class PeriodicBatchIn(PartIn):
    items = ma.fields.List(ma.fields.Nested(BatchItemIn), required=True, validate=ma.validate.Length(1, 200))


class AnnualIn(EmployeeRatingIn, PeriodIn):
    pass


class AnnualBatchIn(PeriodIn):
    items = ma.fields.List(ma.fields.Nested(BatchItemIn), required=True, validate=ma.validate.Length(1, 200))


class FinishIn(Schema):
    reason = optional_text(
        2000, metadata={"description": "further reason, to keep to a rating that its reviewer has returned"}
    )


class DialogueIn(Schema):
    text = fields.text()
    agreed_note = optional_text(2000, metadata={"description": "what both agreed; the official's, it ends a request"})


class EvaluationsQuery(PageQuery):
    year = query_year()
    quarter = query_quarter()
    month = query_month()
    kind = choice(EvaluationKind, load_default=None)
    unit = ma.fields.UUID(load_default=None)
    state = choice(EvaluationState, load_default=None)
    employee_id = ma.fields.UUID(load_default=None)


class OwnEvaluationsQuery(PageQuery):
    year = query_year()


class EvidenceQuery(PeriodQuery):
    """A person and a period; loaded as the command."""

    employee_id = ma.fields.UUID(required=True)

    @ma.post_load
    def _load(self, data: dict[str, Any], **_: Any) -> ReadEvidence:
        return ReadEvidence(data.pop("employee_id"), Period.of(**data))


class ExportQuery(PeriodQuery):
    """A period, and whether the people are named; loaded as the command."""

    names = ma.fields.Boolean(
        load_default=False, metadata={"description": "true: with NIP and name of each person, for the national system"}
    )

    @ma.post_load
    def _load(self, data: dict[str, Any], **_: Any) -> ExportEvaluations:
        return ExportEvaluations(with_names=data.pop("names"), period=Period.of(**data))
