"""What employees ask to be corrected, and HR's answer."""

import marshmallow as ma

from chassis.http import PageQuery, Schema
from chassis.http.fields import choice, optional_text, text
from personnel.domain.correction_request import CorrectionStatus


class CorrectionIn(Schema):
    field = text(60, metadata={"description": "what is wrong, such as name, unit, superior, grade"})
    wanted = text(500)
    note = optional_text(2000)


class CorrectionsQuery(PageQuery):
    status = choice(CorrectionStatus, required=False)


class ResolutionIn(Schema):
    outcome = choice(CorrectionStatus, validate=ma.validate.NoneOf([CorrectionStatus.OPEN]))
    answer = text(2000)
