"""The reference data of one agency, its time zone and the rows of a period, in one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select, text, update

from appraisal.domain.cycle import PeriodRow, row_of
from appraisal.domain.periods import Period, local_date
from appraisal.domain.rating_windows import Extension
from appraisal.domain.reference import Reference
from appraisal.domain.rules import NationalLimit, Rule, RuleBook, RuleKind, rule_book
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import PeriodKind
from appraisal.persistence import models
from chassis.records import among, columns_of, fetch_all, insert_record, table_of
from chassis.unit_of_work import Transaction
from directory.answers import NotKnownYet

# One statement instead of three, since every request needs the setting: time zone, the period's row, all own rules; of
# a year the rows of all its periods. An extension that a process of the former release has recorded counts as well.
_LOAD = text(
    "SELECT (SELECT time_zone FROM directory_agency) AS time_zone, "
    "(SELECT jsonb_agg(jsonb_build_array(p.kind, p.year, p.number, p.first_day, p.last_day, p.opens_on, "
    "greatest(p.closes_on, (SELECT max(x.closes_on) FROM window_extension x WHERE x.year = p.year "
    "AND x.quarter IS NOT DISTINCT FROM CASE p.kind WHEN 'QUARTER' THEN p.number END "
    "AND x.month IS NOT DISTINCT FROM CASE p.kind WHEN 'MONTH' THEN p.number END AND x.withdrawn_at IS NULL "
    "AND x.replaced_at IS NULL)), "
    "p.pinned) "
    "ORDER BY p.kind = 'YEAR', p.number) FROM period p WHERE p.year = CAST(:year AS integer) AND "
    "(CAST(:kind AS text) = 'YEAR' OR p.kind = CAST(:kind AS text) AND p.number = CAST(:number AS smallint))) AS rows, "
    "(SELECT jsonb_agg(jsonb_build_array(kind, rule_version, effective_from, value, legal_source, verified) "
    "ORDER BY effective_from, id) FROM rule_version) AS own"
)


def national_rules() -> tuple[Rule, ...]:
    """Return the reference data that holds where an agency has set none of its own."""
    return _reference().rules


def national_limits() -> tuple[NationalLimit, ...]:
    """Return the limits that no agency's own rule goes beyond."""
    return _reference().limits


def own_book(own: Iterable[Rule]) -> RuleBook:
    """Return the national rules with an agency's own, within the national limits."""
    return rule_book(national_rules(), own, national_limits())


@cache
def _reference() -> Reference:
    return Reference.parse(Path(__file__).with_name("reference.toml").read_text(encoding="utf-8"))


_national_book = cache(lambda: own_book(()))


def load_setting(tx: Transaction, period: Period | None = None) -> AgencySetting:
    """Return the setting of the agency; with a period, its row and the rules pinned for it. Raise NotKnownYet."""
    values = {"kind": period and period.kind, "year": period and period.year, "number": period and period.number}
    row = tx.session.execute(_LOAD, values).one()
    if row.time_zone is None:
        raise NotKnownYet(tx.agency_id, "instansi")
    book = own_book(map(_own_rule, row.own)) if row.own else _national_book()
    rows = tuple(map(_period_row, row.rows or ()))
    own = row_of(rows, period) if period is not None else None
    if own is not None:
        book = replace(book, pinned=own.pinned)
    return AgencySetting(row.time_zone, book, local_date(tx.now, row.time_zone), rows)


def rules_known_at(tx: Transaction, moment: datetime) -> RuleBook:
    """Return the rules as they stood at a moment, whatever was added since."""
    row = models.RuleVersion
    query = select(*columns_of(row, Rule)).where(row.set_at <= moment).order_by(row.effective_from, row.id)
    return own_book(fetch_all(tx, query, Rule))


def insert_extension(tx: Transaction, extension: Extension) -> None:
    insert_record(tx, models.WindowExtension, extension)


def list_extensions(tx: Transaction, year: int) -> list[Extension]:
    """Return the extensions that count, those by a withdrawn outage and of a replaced period not."""
    return [one for one in recorded_extensions(tx, year) if one.replaced_at is None]


def recorded_extensions(tx: Transaction, year: int) -> list[Extension]:
    """Return the extensions of a year with those of replaced periods, by a withdrawn outage not."""
    row = models.WindowExtension
    query = select(*columns_of(row, Extension)).where(row.year == year, row.withdrawn_at.is_(None))
    return fetch_all(tx, query.order_by(row.id), Extension)


def withdraw_extensions(tx: Transaction, extensions: Iterable[Extension]) -> None:
    """Let these extensions count no longer; they stay as rows."""
    row = models.WindowExtension
    query = update(table_of(row)).where(among(row.id, [one.id for one in extensions]))
    tx.session.execute(query.values(withdrawn_at=tx.now))


def _period_row(item: Sequence[Any]) -> PeriodRow:
    kind, year, number, *days, pinned = item
    first_day, last_day, opens_on, closes_on = map(date.fromisoformat, days)
    versions = {RuleKind(one): version for one, version in pinned.items()}
    return PeriodRow(Period(PeriodKind(kind), year, number), first_day, last_day, opens_on, closes_on, versions)


def _own_rule(row: list[Any]) -> Rule:
    kind, version, effective_from, value, source, verified = row
    return Rule(RuleKind(kind), version, date.fromisoformat(effective_from), value, source, verified)
