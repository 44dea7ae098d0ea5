"""The reference data of one agency, its time zone and an extended window, in one statement."""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update

from appraisal.domain.periods import Period, local_date
from appraisal.domain.rating_windows import Extension
from appraisal.domain.rules import Rule, RuleKind, rule_book
from appraisal.domain.setting import AgencySetting
from appraisal.persistence import models
from chassis.records import among, columns_of, fetch_all, insert_record, table_of
from chassis.unit_of_work import Transaction
from directory.answers import NotKnownYet

# One statement instead of three, since every request needs the setting: time zone, extension and all own rules.
_LOAD = text(
    "SELECT (SELECT time_zone FROM directory_agency) AS time_zone, "
    "(SELECT max(closes_on) FROM window_extension WHERE year = CAST(:year AS integer) "
    "AND quarter IS NOT DISTINCT FROM CAST(:quarter AS smallint) AND withdrawn_at IS NULL) "
    "AS extended_to, "
    "(SELECT jsonb_agg(jsonb_build_array(kind, rule_version, effective_from, value, legal_source, verified) "
    "ORDER BY effective_from, id) FROM rule_version) AS own"
)


@cache
def national_rules() -> tuple[Rule, ...]:
    """Return the reference data that holds where an agency has set none of its own."""
    rows = tomllib.loads(Path(__file__).with_name("reference.toml").read_text(encoding="utf-8"))["rule"]
    return tuple(Rule(**{**row, "kind": RuleKind(row["kind"])}) for row in rows)


_national_book = cache(lambda: rule_book(national_rules(), ()))


def load_setting(tx: Transaction, period: Period | None = None) -> AgencySetting:
    """Return the setting of the agency; with a period, also how far its window is extended. Raise NotKnownYet."""
    values = {"year": period and period.year, "quarter": period and period.quarter}
    row = tx.session.execute(_LOAD, values).one()
    if row.time_zone is None:
        raise NotKnownYet(tx.agency_id, "instansi")
    book = rule_book(national_rules(), map(_own_rule, row.own)) if row.own else _national_book()
    return AgencySetting(row.time_zone, book, row.extended_to, local_date(tx.now, row.time_zone))


def insert_rule(tx: Transaction, rule_id: UUID, rule: Rule, *, reason: str, set_by: UUID) -> None:
    insert_record(tx, models.RuleVersion, rule, id=rule_id, reason=reason, set_by=set_by, set_at=tx.now)


def insert_extension(tx: Transaction, extension: Extension) -> None:
    insert_record(tx, models.WindowExtension, extension)


def list_extensions(tx: Transaction, year: int) -> list[Extension]:
    """Return the extensions that count, those by a withdrawn outage not."""
    row = models.WindowExtension
    query = select(*columns_of(row, Extension)).where(row.year == year, row.withdrawn_at.is_(None))
    return fetch_all(tx, query.order_by(row.id), Extension)


def withdraw_extensions(tx: Transaction, extensions: Iterable[Extension]) -> None:
    """Let these extensions count no longer; they stay as rows."""
    row = models.WindowExtension
    query = update(table_of(row)).where(among(row.id, [one.id for one in extensions]))
    tx.session.execute(query.values(withdrawn_at=tx.now))


def _own_rule(row: list[Any]) -> Rule:
    kind, version, effective_from, value, source, verified = row
    return Rule(RuleKind(kind), version, date.fromisoformat(effective_from), value, source, verified)
