"""The feed of events, for those who would rather ask than be called."""

import json
from typing import Any

from chassis.auth import allow
from chassis.http import ServiceBlueprint, decode_cursor, encode_cursor, principal, work
from notification.domain.errors import CursorUnknown
from notification.http.access import CLIENT
from notification.http.schemas import FeedArgs, FeedOut
from notification.use_cases.read_feed import read_feed

blp = ServiceBlueprint("feed", url_prefix="/api/v1/notification/feed", description="Events by cursor")
LARGEST_POSITION = 2**62


def _position(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    position = (decode_cursor(cursor) or {}).get("p")
    if not isinstance(position, int) or isinstance(position, bool) or not 0 <= position < LARGEST_POSITION:
        raise CursorUnknown
    return position


@blp.route("", methods=["GET"])
@allow(*CLIENT, relation="under a grant of the agency")
@blp.arguments(FeedArgs, location="query")
@blp.response(200, FeedOut)
def get_feed(args: dict[str, Any]) -> dict[str, Any]:
    """Events in their order, oldest first, behind a cursor or from a day on; none is ever missed by a reader."""
    types = [name.strip() for name in args["types"].split(",") if name.strip()]
    found = read_feed(
        work(), principal(), after=_position(args["after"]), since=args["since"], types=types, limit=args["limit"]
    )
    return {
        "items": [json.loads(body) for body in found.bodies],
        "next_cursor": encode_cursor({"p": found.after}),
        "at_end": found.at_end,
    }
