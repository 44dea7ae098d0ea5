"""What comes in about documents."""

from typing import Any

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import choice
from documents.papers import DocumentFormat

_HASH = r"^[0-9a-fA-F ]{0,80}$"


class DocumentQuery(Schema):
    format = choice(DocumentFormat, load_default=DocumentFormat.PDF)


class VerificationQuery(Schema):
    hash = ma.fields.String(
        load_default="",
        validate=ma.validate.Regexp(_HASH),
        metadata={"description": "the hash printed on the document (sidik isi), blanks allowed"},
    )

    @ma.post_load
    def _plain(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"given_hash": data["hash"].replace(" ", "").lower()}
