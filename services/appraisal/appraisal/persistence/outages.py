"""Outages between rows and the domain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select, text

from appraisal.domain.obligation import Obligation, ObligationKind, ObligationState
from appraisal.domain.outages import Grant, Outage, Outages, Step
from appraisal.domain.setting import AgencySetting
from appraisal.persistence import models
from chassis.errors import required
from chassis.ids import new_id
from chassis.pagination import Page, PageRequest
from chassis.records import columns_of, fetch_all, fetch_one, fetch_page, insert_record, update_record
from chassis.unit_of_work import Transaction
from directory.questions import time_zone

_COLUMNS = columns_of(models.Outage, Outage)
# Locks: whoever opens a deadline shares the lock, and whoever records an outage holds it alone. So no deadline is
# opened without an outage that is just being recorded. It is taken before any row of the register is locked, as an
# outage does, so that the two never wait for each other. The key is the agency's, within a space of this service's own.
_SHARED = text("SELECT pg_advisory_xact_lock_shared(hashtextextended('outages/' || :agency, 0))")
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('outages/' || :agency, 0))")
# Set-based, as rows of JSON: what moved deadlines when they were entered, for those that were never moved otherwise.
_ENTER_STEPS = text(
    "INSERT INTO deadline_extension (id, agency_id, obligation_id, cause, outage_id, outcome, days, due_before, "
    "due_after, reason, order_reference, set_by, set_at) SELECT r.id, o.agency_id, o.id, 'OUTAGE', u.id, 'EXTENDED', "
    "r.days, r.due_before, r.due_after, u.reason, '', u.recorded_by, :now "
    "FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r (id uuid, kind text, employee_id uuid, subject text, "
    "outage_id uuid, days integer, due_before timestamptz, due_after timestamptz) "
    "JOIN obligation o ON o.employee_id = r.employee_id "
    "AND (o.kind, o.subject) IS NOT DISTINCT FROM (r.kind, r.subject) JOIN outage u ON u.id = r.outage_id "
    "WHERE NOT EXISTS (SELECT FROM deadline_extension x WHERE x.obligation_id = o.id) ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True)
class ExtendedRow:
    """An obligation to be written, and what moved its deadline."""

    row: Obligation
    steps: tuple[Step, ...] = ()


def load_outage(tx: Transaction, outage_id: UUID) -> Outage:
    """Return an outage. Raise NotFound."""
    found = fetch_one(tx, select(*_COLUMNS).where(models.Outage.id == outage_id), Outage)
    return required(found, "gangguan", outage_id)


def hold_outages(tx: Transaction) -> None:
    """Let no outage be recorded until the transaction ends; before a row of the register is locked."""
    if _SHARED not in tx.held:
        tx.session.execute(_SHARED, {"agency": tx.agency_id})
        tx.held[_SHARED] = None


def load_outages(tx: Transaction, setting: AgencySetting | None = None) -> Outages:
    """Return the outages that count, with the agency's time zone; without a setting it is asked where there are any.

    Until the transaction ends no outage is recorded.
    """
    hold_outages(tx)
    found: Outages = tx.held[_SHARED] or _load(tx)
    tx.held[_SHARED] = found
    return found if setting is None else replace(found, time_zone=setting.time_zone)


def lock_outages(tx: Transaction) -> Outages:
    """Return the same, and let nobody open a deadline until the transaction ends."""
    tx.session.execute(_ALONE, {"agency": tx.agency_id})
    return replace(_load(tx), time_zone=time_zone(tx))


def _load(tx: Transaction) -> Outages:
    query = select(*_COLUMNS).where(models.Outage.withdrawn_at.is_(None)).order_by(models.Outage.starts_at)
    found = tuple(fetch_all(tx, query, Outage))
    return Outages(found, time_zone(tx) if found else "UTC")


def pending_outages(tx: Transaction) -> list[Outage]:
    """Return the outages by which, or by whose withdrawal, a job is still moving deadlines."""
    return fetch_all(tx, select(*_COLUMNS).where(models.Outage.applied_at.is_(None)).order_by(models.Outage.id), Outage)


def insert_outage(tx: Transaction, outage: Outage) -> None:
    tx.held.pop(_SHARED, None)
    insert_record(tx, models.Outage, outage)


def update_outage(tx: Transaction, before: Outage, after: Outage) -> Outage:
    """Save a move. Raise VersionConflict."""
    tx.held.pop(_SHARED, None)
    update_record(tx, models.Outage, before, after)
    return replace(after, version=before.version + 1)


def list_outages(tx: Transaction, page: PageRequest) -> Page[Outage]:
    """Return outages, the newest first; withdrawn ones too."""
    return fetch_page(tx, select(*_COLUMNS), Outage, page, models.Outage.id, descending=True)


def with_extensions(
    tx: Transaction,
    rows: Iterable[Obligation],
    grants: Mapping[tuple[ObligationKind, UUID, str], Sequence[Grant]] | None = None,
) -> list[ExtendedRow]:
    """Return these obligations with the outages, whenever they were recorded, and with what some of them were granted.

    What is done or excused runs no longer.
    """
    outages, given = load_outages(tx), grants or {}
    return [_extended(one, outages, given.get(one.key, ()), tx.now) for one in rows]


def enter_steps(tx: Transaction, rows: Sequence[ExtendedRow]) -> None:
    """Write what has moved deadlines that had no history yet."""
    steps = [
        {
            "id": new_id(),
            "kind": one.row.kind,
            "employee_id": one.row.employee_id,
            "subject": one.row.subject,
            "outage_id": step.pause.outages[0].id,
            "days": step.pause.days,
            "due_before": step.due_before,
            "due_after": step.due_after,
        }
        for one in rows
        for step in one.steps
    ]
    if steps:
        tx.session.execute(_ENTER_STEPS, {"rows": msgspec.json.encode(steps).decode(), "now": tx.now})


def _extended(row: Obligation, outages: Outages, grants: Sequence[Grant], now: datetime) -> ExtendedRow:
    if row.due_at is None or row.original_due_at is None or row.state is not ObligationState.OPEN:
        return ExtendedRow(row)
    extended = outages.extend(row.original_due_at, row.opens_at or now, grants)
    return ExtendedRow(replace(row, due_at=max(row.due_at, extended.due_at)), extended.steps)
