"""Read the feed: the same events as webhooks carry, by cursor or from a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from notification.domain.grants import Channel, check_start, narrow
from notification.persistence import feed
from notification.use_cases.grants import active_grant
from notification.use_cases.subscribe import first_moment


@dataclass(frozen=True)
class FeedPage:
    """`after` is the cursor to go on with, also when nothing came; `at_end` says that this is all there is now."""

    bodies: Sequence[str]
    after: int
    since: date | None
    at_end: bool


def read_feed(
    work: UnitOfWork, actor: Principal, *, after: int | None, since: date | None, types: Sequence[str], limit: int
) -> FeedPage:
    """Without cursor and date, from the grant's first day or the beginning."""
    with work.transaction(actor.agency_id) as tx:
        grant = active_grant(tx, actor.account_id, Channel.FEED)
        kinds = narrow(types, grant.event_types)
        floor = check_start(since, grant.data_from) or grant.data_from
        moment = first_moment(tx, floor) if floor else None
        if after is None:
            after = feed.position_before(tx, moment) if moment else 0
        end = feed.head(tx)
        found = feed.read(tx, after=after, up_to=end, kinds=kinds, since=moment, limit=limit)
        at_end = len(found) < limit
        last = max(end, after) if at_end else found[-1].position
        if found:
            span = {"first": found[0].position, "last": found[-1].position, "count": len(found)}
            audit.record(tx, actor, "read_feed", "feed", tx.agency_id, **span)
        return FeedPage([one.body for one in found], last, since, at_end)
