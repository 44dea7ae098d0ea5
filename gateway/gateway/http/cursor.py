"""The cursor of lists that are ordered by id."""

from typing import Any
from uuid import UUID

from chassis.errors import FieldError, InvalidInput


def after_of(position: dict[str, Any] | None) -> UUID | None:
    """The id after which a page starts; raises InvalidInput for a cursor that is not ours."""
    if position is None:
        return None
    try:
        return UUID(str(position["after"]))
    except (KeyError, ValueError) as error:
        fault = FieldError("cursor", "cursor_invalid", None, "nilai next_cursor dari halaman sebelumnya")
        raise InvalidInput(errors=[fault]) from error
