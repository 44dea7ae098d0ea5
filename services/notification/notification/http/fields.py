"""Fields of this service's requests."""

from typing import Any

import marshmallow as ma

from chassis.http.fields import LONGEST_LINK
from notification.domain.email import is_address

LONGEST_REASON = 500


def email_address(**options: Any) -> ma.fields.String:
    return ma.fields.String(validate=_address, **options)


def event_types(shortest: int | None = None, **options: Any) -> ma.fields.List[Any]:
    """Up to a hundred names such as `appraisal.AppraisalCompleted.v1`."""
    name = ma.fields.String(validate=ma.validate.Length(max=100))
    return ma.fields.List(name, validate=ma.validate.Length(shortest, 100), **options)


def endpoint(**options: Any) -> ma.fields.String:
    """An address that events are sent to; whether it may be called is a rule of the domain."""
    return ma.fields.String(validate=ma.validate.Length(1, LONGEST_LINK), **options)


def _address(text: str) -> None:
    if not is_address(text):
        raise ma.ValidationError("alamat e-mail seperti nama@instansi.go.id")
