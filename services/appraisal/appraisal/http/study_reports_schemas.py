"""What comes in with a report on study leave."""

from decimal import Decimal
from typing import Any

import marshmallow as ma

from appraisal.domain.study_report import ReportStudy, StudyReportState
from appraisal.http.fields import query_year
from chassis.http import PageQuery, Schema, fields
from chassis.http.fields import choice, decimal_number, web_link

_CREDITS, _AVERAGE = (0, 1000), (0, 4)


class StudyReportIn(Schema):
    """Loaded as the command."""

    first_day = ma.fields.Date(required=True)
    last_day = ma.fields.Date(required=True)
    institution = fields.text(longest=200)
    programme = fields.text(longest=200)
    progress = fields.text(longest=4000)
    on_schedule = ma.fields.Boolean(required=True)
    credits_earned = decimal_number(load_default=None, allow_none=True)
    credits_required = decimal_number(load_default=None, allow_none=True)
    grade_average = decimal_number(load_default=None, allow_none=True)
    evidence_link = web_link(load_default=None, allow_none=True)

    @ma.validates_schema
    def _within(self, data: dict[str, Any], **_: Any) -> None:
        for name, (least, most) in (
            ("credits_earned", _CREDITS),
            ("credits_required", _CREDITS),
            ("grade_average", _AVERAGE),
        ):
            if data.get(name) is not None and not least <= data[name] <= most:
                raise ma.ValidationError(f"{least} sampai {most}", name)

    @ma.post_load
    def _load(self, data: dict[str, Any], **_: Any) -> ReportStudy:
        """Return the command, with its numbers as people write them: 1E+2 is 100."""
        written = {name: Decimal(f"{value:f}") for name, value in data.items() if isinstance(value, Decimal)}
        return ReportStudy(**{**data, **written})


class StudyReportReasonIn(Schema):
    reason = fields.text(longest=2000)


class StudyReportsQuery(PageQuery):
    year = query_year()
    state = choice(StudyReportState, load_default=None)
    employee_id = ma.fields.UUID(load_default=None)
