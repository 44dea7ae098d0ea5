"""What comes in with a review."""

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import optional_text, text


class ConfirmIn(Schema):
    reason = optional_text(2000, metadata={"description": "a note; the employee reads it in the explanation"})


class ReturnIn(Schema):
    reason = text(longest=2000, metadata={"description": "the employee reads it in the explanation, once it is final"})


class ReviewerIn(Schema):
    reviewer_id = ma.fields.UUID(required=True)
    reason = text(longest=2000)
