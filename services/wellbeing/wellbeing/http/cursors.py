"""Where the next page starts: after an id, or after a moment and an id."""

from datetime import datetime
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from chassis.http import decode_cursor, encode_cursor

Position = tuple[datetime, UUID]


def after_id(cursor: str | None) -> UUID | None:
    place = decode_cursor(cursor)
    try:
        return UUID(place["after"]) if place else None
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise _unusable(cursor) from error


def of_id(last: UUID | None) -> str | None:
    return encode_cursor({"after": str(last)}) if last else None


def after_position(cursor: str | None) -> Position | None:
    place = decode_cursor(cursor)
    try:
        if not place:
            return None
        moment = datetime.fromisoformat(place["at"])
        if moment.tzinfo is None:
            raise ValueError("naive")
        return moment, UUID(place["after"])
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise _unusable(cursor) from error


def of_position(last: Position | None) -> str | None:
    return encode_cursor({"at": last[0].isoformat(), "after": str(last[1])}) if last else None


def _unusable(cursor: str | None) -> InvalidInput:
    return InvalidInput(
        errors=[FieldError("cursor", "cursor_invalid", cursor, "nilai next_cursor dari halaman sebelumnya")]
    )
