"""Dates as offices write them."""

import re
from datetime import date

_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?$")
_LOCAL = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")


def parse_date(text: str) -> date | None:
    """Read YYYY-MM-DD or, as Indonesian offices write, DD-MM-YYYY (also with / or .); None if it is no such date."""
    if found := _ISO.match(text.strip()):
        year, month, day = (int(part) for part in found.groups())
    elif found := _LOCAL.match(text.strip()):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
