"""Dated reference data of an agency: what is set today holds from a day on that has not gone by."""

from datetime import date

from chassis.errors import FieldError, InvalidInput

LAST_DAY = date(2100, 12, 31)


def fault_of_first_day(field: str, day: date, today: date) -> FieldError | None:
    """Return what is wrong about a first day that lies before today, or beyond every year that is kept; or None."""
    if day < today:
        expected = f"paling awal {today.isoformat()}; tidak berlaku surut"
        return FieldError(field, "date_too_early", day.isoformat(), expected)
    if day > LAST_DAY:
        return FieldError(field, "date_too_late", day.isoformat(), f"paling lambat {LAST_DAY.isoformat()}")
    return None


def require_first_day(field: str, day: date, today: date) -> None:
    """Raise InvalidInput, naming the earliest or the last day, for a first day that cannot be one."""
    if fault := fault_of_first_day(field, day, today):
        raise InvalidInput(errors=[fault])
