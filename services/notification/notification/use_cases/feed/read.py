"""Read the feed: the same events as webhooks carry, by cursor or from a day on."""

import json

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import encode_cursor
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import require_grant
from notification.domain.feed import FeedView, ReadFeed
from notification.domain.grant import Channel
from notification.persistence import feed
from notification.persistence.event_types import event_catalogue
from notification.persistence.people import start_of_day


def read_feed(work: UnitOfWork, actor: Principal, query: ReadFeed) -> FeedView:
    """Return events in their order; `at_end` says that these are all there are now."""
    with work.transaction(actor.agency_id) as tx:
        grant = require_grant(tx, actor.account_id, Channel.FEED)
        kinds = grant.narrow(query.types)
        grant.require_start(query.since)
        first_day = query.since or grant.data_from
        since = start_of_day(tx, first_day) if first_day else None
        here = query.page.after(int)
        after = here[0] if here else feed.position_before(tx, since) if since else 0
        end = feed.head(tx)
        found = feed.read(tx, after=after, up_to=end, kinds=kinds, since=since, limit=query.page.limit)
        at_end = len(found) < query.page.limit
        last = max(end, after) if at_end else found[-1].position
        if found:
            span = {"first": found[0].position, "last": found[-1].position, "count": len(found)}
            audit.record(tx, actor, "read_feed", "feed", tx.agency_id, **span)
        notices = event_catalogue(tx.contracts.folder).notices(kinds)
        return FeedView([json.loads(one.body) for one in found], encode_cursor([last]), at_end, notices)
