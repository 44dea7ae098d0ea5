"""What comes in about documents made in bulk."""

from typing import Any

import marshmallow as ma

from appraisal.domain.document import DocumentKind
from appraisal.http.fields import OnePart, calendar_year
from chassis.http.fields import choice
from documents.papers import DocumentFormat

_OF_EVALUATIONS = (DocumentKind.PERIODIC_EVALUATION, DocumentKind.ANNUAL_EVALUATION)


class DocumentBatchIn(OnePart):
    year = calendar_year()
    unit_id = ma.fields.UUID(
        load_default=None, allow_none=True, metadata={"description": "with all units below it; null: the whole agency"}
    )
    kinds = ma.fields.List(
        choice(DocumentKind, required=False, validate=ma.validate.OneOf(_OF_EVALUATIONS)),
        load_default=list,
        validate=ma.validate.Length(0, 2),
        metadata={"description": "of evaluations; empty: the annual ones of a year, the periodic ones of a part of it"},
    )
    formats = ma.fields.List(
        choice(DocumentFormat, required=False),
        load_default=lambda: [DocumentFormat.PDF],
        validate=ma.validate.Length(1, 2),
    )

    @ma.post_load
    def _load(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "kinds": tuple(data["kinds"]), "formats": tuple(data["formats"])}
