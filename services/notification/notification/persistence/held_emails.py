"""E-mails that are written and not queued yet, until the end of quiet hours or the morning of their digest."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import text

from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from notification.domain.templates import Text
from notification.persistence.emails import PATIENCE, WAKE_CHANNEL, NewEmail, stored

# Set-building: two tables in one round trip, for all e-mails that are held until the same moment.
_HOLD = text(
    "WITH new AS (SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:recipients AS text[]), CAST(:contents AS text[])) "
    "  AS n (id, recipient, content)), "
    "written AS (INSERT INTO email_deliveries (delivery_id, agency_id, kind, recipient, content, state) "
    "  SELECT id, :agency, 'MESSAGE', recipient, CAST(content AS jsonb), 'QUEUED' FROM new) "
    "INSERT INTO email_held (delivery_id, agency_id, recipient, held_until, is_digest) "
    "SELECT id, :agency, recipient, :until, false FROM new"
)
# Set-building. A row that was there has been locked by this transaction, which xmax shows; a new one has no mark.
_OPEN_DIGESTS = text(
    "INSERT INTO email_held AS h (delivery_id, agency_id, recipient, held_until, is_digest) "
    "SELECT id, :agency, recipient, :until, true FROM unnest(CAST(:ids AS uuid[]), CAST(:recipients AS text[])) "
    "  AS n (id, recipient) ORDER BY recipient "
    "ON CONFLICT (agency_id, recipient, held_until) WHERE is_digest DO UPDATE SET held_until = excluded.held_until "
    "RETURNING delivery_id, recipient"
)
# Set-building: what a digest opens with, or what is added to it.
_ADD_TO_DIGESTS = text(
    "INSERT INTO email_deliveries AS d (delivery_id, agency_id, kind, recipient, content, state) "
    "SELECT id, :agency, 'DIGEST', recipient, CAST(content AS jsonb), 'QUEUED' "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:recipients AS text[]), CAST(:contents AS text[])) "
    "  AS n (id, recipient, content) ORDER BY id "
    "ON CONFLICT (delivery_id) DO UPDATE SET content = d.content || excluded.content"
)
# Set-building: however many are released, one statement, which wakes who sends them.
_RELEASE = text(
    "WITH over AS (DELETE FROM email_held WHERE held_until <= :now RETURNING delivery_id), "
    "queued AS (INSERT INTO email_queue (delivery_id, agency_id, give_up_at) "
    "  SELECT delivery_id, :agency, clock_timestamp() + CAST(:patience AS interval) FROM over "
    "  ON CONFLICT DO NOTHING RETURNING delivery_id) "
    "SELECT pg_notify(:channel, '') FROM queued LIMIT 1"
)


def hold(tx: Transaction, emails: Sequence[NewEmail], until: datetime) -> None:
    """Write e-mails that are sent at a moment ahead."""
    parameters = {
        "agency": tx.agency_id,
        "ids": [new_id() for _ in emails],
        "recipients": [one.recipient for one in emails],
        "contents": [stored(one.content) for one in emails],
        "until": until,
    }
    tx.session.execute(_HOLD, parameters)


def hold_in_digests(tx: Transaction, items: Mapping[str, Sequence[Text]], until: datetime) -> None:
    """Add texts to the recipients' digests of a moment ahead."""
    named = {"agency": tx.agency_id, "recipients": sorted(items)}
    opened = tx.session.execute(_OPEN_DIGESTS, {**named, "ids": [new_id() for _ in items], "until": until}).all()
    contents = [stored(items[row.recipient]) for row in opened]
    recipients = [row.recipient for row in opened]
    values = {"ids": [row.delivery_id for row in opened], "recipients": recipients, "contents": contents}
    tx.session.execute(_ADD_TO_DIGESTS, {"agency": tx.agency_id, **values})


def release_held(tx: Transaction) -> None:
    """Queue what is held no longer."""
    values = {"now": tx.now, "agency": tx.agency_id, "patience": PATIENCE, "channel": WAKE_CHANNEL}
    tx.session.execute(_RELEASE, values)
