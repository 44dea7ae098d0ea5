"""The feed of events, for those who would rather ask than be called."""

from typing import Any

from chassis.auth import allow
from chassis.http import ServiceBlueprint, principal, work
from notification.domain.feed import FeedView, ReadFeed
from notification.http.access import CLIENT, PREFIX, Relation
from notification.http.feed_schemas import FeedQuery
from notification.use_cases.feed.read import read_feed

blp = ServiceBlueprint("feed", url_prefix=f"{PREFIX}/feed", description="Events by cursor")


@blp.route("", methods=["GET"])
@allow(*CLIENT, relation=Relation.UNDER_GRANT)
@blp.arguments(FeedQuery, location="query")
@blp.response(200, FeedView)
def get_feed(query: dict[str, Any]) -> FeedView:
    """Events in their order, oldest first, behind a cursor or from a day on; none is ever missed by a reader."""
    types = [name.strip() for name in query["types"].split(",") if name.strip()]
    return read_feed(work(), principal(), ReadFeed(**{**query, "types": types}))
