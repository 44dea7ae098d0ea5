"""Formatting of numbers, ages, moments and tables for an operator."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

_AGE = re.compile(r"(\d{1,6})(s|m|j|h|d)")
_UNITS = {"s": "seconds", "m": "minutes", "j": "hours", "h": "hours", "d": "days"}


def moment(text: str) -> datetime:
    """Parse a moment of real time (`2026-07-01`, `2026-07-01T08:00+07:00`) or an age (`90m`, `12j`, `7d`).

    Raise ValueError for anything else. Without an offset the time zone of this machine applies.
    """
    ago = _AGE.fullmatch(text.strip())
    if ago:
        return datetime.now(UTC) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    found = datetime.fromisoformat(text.strip())
    return found.astimezone(UTC)


def age(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    for size, word in ((86400, "hari"), (3600, "jam"), (60, "mnt")):
        if seconds >= size:
            return f"{seconds / size:.1f} {word}".replace(".", ",")
    return f"{seconds:.0f} dtk"


def local(text: str | None) -> str:
    """Return a moment of the API in the time zone of this machine."""
    if text is None:
        return "-"
    return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def count(number: int | None) -> str:
    return "?" if number is None else f"{number:,}".replace(",", ".")


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> list[str]:
    """Return the lines of a table; the columns in `right` are right-aligned."""
    everything = [tuple(headings), *(tuple(row) for row in rows)]
    widths = [max(len(row[column]) for row in everything) for column in range(len(headings))]
    return [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in everything
    ]


def last_line(error: str) -> str:
    """Return the last line of a traceback."""
    lines = [line for line in error.strip().splitlines() if line.strip()]
    return lines[-1].strip()[:200] if lines else ""
