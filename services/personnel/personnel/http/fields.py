"""Fields that only this service has."""

from datetime import date
from typing import Any

import marshmallow as ma

EARLIEST, LATEST = date(1940, 1, 1), date(2100, 12, 31)


def day(**options: Any) -> ma.fields.Date:
    """A day that a civil servant's papers can bear."""
    return ma.fields.Date(validate=_plausible, **options)


def _plausible(value: date) -> None:
    if not EARLIEST <= value <= LATEST:
        raise ma.ValidationError(f"Isi tanggal antara {EARLIEST} dan {LATEST}.")
