"""What employees ask to be corrected, and HR's answer."""

import marshmallow as ma

from chassis.http import PageQuery, Schema
from chassis.http.fields import choice, optional_text, text
from personnel.domain.correction_request import CorrectionStatus


class CorrectionIn(Schema):
    field = text(60, metadata={"description": "what is wrong, such as name, unit, superior, grade"})
    wanted = text(500)
    note = ma.fields.String(load_default="", validate=ma.validate.Length(0, 2000))


class CorrectionsQuery(PageQuery):
    status = ma.fields.String(validate=ma.validate.OneOf(["OPEN", "ACCEPTED", "REJECTED"]))


class ResolutionIn(Schema):
    outcome = ma.fields.String(required=True, validate=ma.validate.OneOf(["ACCEPTED", "REJECTED"]))
    answer = text(2000)
