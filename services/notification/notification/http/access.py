"""Who may do what here, as data, and what views share."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from flask import current_app

from chassis.errors import FieldError, InvalidInput
from chassis.http import decode_cursor, encode_cursor
from notification.use_cases.outside import Outside

PEOPLE = ("employee", "hr_officer", "unit_leader", "inspector", "operator", "wellbeing_officer")
GRANTERS = ("hr_officer", "operator")
CLIENT = ("subscriber",)
CLIENT_AND_OFFICERS = (*CLIENT, *GRANTERS)
OWN_OR_OFFICER = "the client's own, or an officer of the agency whose data it is"
OUTSIDE = "notification_outside"


def outside() -> Outside:
    return cast("Outside", current_app.extensions[OUTSIDE])


def before_of(cursor: str | None) -> UUID | None:
    """Where a list that runs from new to old goes on."""
    position = decode_cursor(cursor)
    if position is None:
        return None
    try:
        return UUID(str(position["before"]))
    except (KeyError, ValueError) as error:
        fault = FieldError("cursor", "cursor_invalid", cursor, "nilai next_cursor dari halaman sebelumnya")
        raise InvalidInput(errors=[fault]) from error


def next_of(found: Sequence[Any], limit: int, last_id: object) -> str | None:
    return encode_cursor({"before": str(last_id)}) if len(found) == limit else None
