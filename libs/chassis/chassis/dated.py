"""Dated reference data of an agency: what is set today does not hold for days that have gone by."""

from datetime import date

from chassis.errors import FieldError, InvalidInput


def fault_of_past(field: str, day: date, today: date) -> FieldError | None:
    """Return what is wrong about a first day that lies before today, or None."""
    if day >= today:
        return None
    return FieldError(field, "date_too_early", day.isoformat(), f"paling awal {today.isoformat()}; tidak berlaku surut")


def require_not_past(field: str, day: date, today: date) -> None:
    """Raise InvalidInput, naming the earliest day, for a first day that lies before today."""
    if fault := fault_of_past(field, day, today):
        raise InvalidInput(errors=[fault])
