"""Fields that only this service has."""

from datetime import date
from typing import Any

import marshmallow as ma

from personnel.domain.values import LONGEST_EMAIL

EARLIEST, LATEST = date(1940, 1, 1), date(2100, 12, 31)


def day(**options: Any) -> ma.fields.Date:
    """A day that a civil servant's papers can bear."""
    return ma.fields.Date(validate=_plausible, **options)


def email_address(**options: Any) -> ma.fields.Email:
    """An address of at most as many characters as an envelope can carry (RFC 5321, 4.5.3.1.3)."""
    return ma.fields.Email(validate=ma.validate.Length(max=LONGEST_EMAIL), **options)


def _plausible(value: date) -> None:
    if not EARLIEST <= value <= LATEST:
        raise ma.ValidationError(f"Isi tanggal antara {EARLIEST} dan {LATEST}.")
