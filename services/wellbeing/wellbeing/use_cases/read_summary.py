"""Counts for leaders and overseers, and nothing but counts; those about people keep the anonymity minimum.

Only whole months are counted, so that two readings on two days do not differ by the one person in between.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis import audit
from chassis.auth import Principal
from chassis.clock import today_in
from chassis.errors import Forbidden, NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from wellbeing.domain.reference import ReferenceKind
from wellbeing.domain.reference_values import anonymity
from wellbeing.domain.suppression import Reason, suppress
from wellbeing.persistence import directory, programmes, references, tickets

from .reach import led_units


@dataclass(frozen=True)
class CountView:
    count: int | None
    reason: str | None


@dataclass(frozen=True)
class SummaryView:
    unit_id: UUID | None
    year: int
    counted_until: datetime
    conditions: dict[str, int]
    programme_participants: CountView
    personal_cases: CountView
    minimum: int
    anonymity_version: str


def read_summary(work: UnitOfWork, actor: Principal, year: int, unit_id: UUID | None) -> SummaryView:
    """A unit's counts, or the agency's without a unit. Personal cases are counted for the whole agency only."""
    with work.transaction(actor.agency_id) as tx:
        tree = directory.tree(tx.session)
        if unit_id is not None and unit_id not in tree.parents:
            raise NotFound(object="unit", id=unit_id)
        reach = tree.subtree(led_units(tx, actor))
        if not actor.has("wellbeing_officer", "inspector") and unit_id not in reach:
            raise Forbidden
        zone = directory.time_zone(tx.session, tx.agency_id)
        today = today_in(tx.now, zone)
        since, until = _whole_months(year, today.year, today.month, zone)
        reference = references.current(tx.session, ReferenceKind.ANONYMITY, today)
        minimum = anonymity(reference).counts
        units = tree.subtree([unit_id]) if unit_id else frozenset(tree.parents)
        audit.record(tx, actor, "summary_read", "org_unit", unit_id or "-", year=year)
        return SummaryView(
            unit_id=unit_id,
            year=year,
            counted_until=until,
            conditions=tickets.count_conditions(tx.session, units, since, until),
            programme_participants=_participants(tx, unit_id, since, until, minimum),
            personal_cases=_cases(tx, unit_id, since, until, minimum),
            minimum=minimum,
            anonymity_version=reference.version,
        )


def _whole_months(year: int, this_year: int, this_month: int, zone: str) -> tuple[datetime, datetime]:
    here = ZoneInfo(zone)
    since = datetime(year, 1, 1, tzinfo=here)
    until = datetime(year + 1, 1, 1, tzinfo=here)
    return since, min(until, max(since, datetime(this_year, this_month, 1, tzinfo=here)))


def _participants(tx: Transaction, unit_id: UUID | None, since: datetime, until: datetime, minimum: int) -> CountView:
    members = directory.active_members(tx.session)
    tree = directory.tree(tx.session)
    tree = tree.within(unit for unit in tree.parents if any(members[below] for below in tree.subtree([unit])))
    report = suppress(tree, programmes.attended_by_unit(tx.session, since, until), minimum)
    cell = report.whole if unit_id is None else report.units.get(unit_id)
    if cell is None:
        return CountView(None, Reason.PROTECTS_SMALL_GROUP.value)
    return CountView(cell.answers, cell.reason.value if cell.reason else None)


def _cases(tx: Transaction, unit_id: UUID | None, since: datetime, until: datetime, minimum: int) -> CountView:
    counted = tickets.count_cases(tx.session, since, until)
    if unit_id is not None or counted < minimum:
        return CountView(None, Reason.PROTECTS_SMALL_GROUP.value)
    return CountView(counted, None)
