"""The reference data of one agency, its time zone and an extended window, in one statement."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import text

from appraisal.domain.periods import Window, local_date, period_bounds, rating_window
from appraisal.domain.rules import Rule, RuleBook, RuleKind, rule_book
from chassis.unit_of_work import Transaction

# The zone counted in until the agency itself has been heard of.
FIRST_ZONE = "Asia/Jakarta"
_LOAD = text(
    "SELECT (SELECT time_zone FROM agency LIMIT 1) AS time_zone, "
    "(SELECT max(closes_on) FROM window_extension WHERE year = CAST(:year AS integer) "
    "AND quarter IS NOT DISTINCT FROM CAST(:quarter AS smallint)) "
    "AS extended_to, "
    "(SELECT jsonb_agg(jsonb_build_array(kind, rule_version, effective_from, value, legal_source, verified) "
    "ORDER BY effective_from, id) FROM rule_version) AS own"
)


@dataclass(frozen=True)
class AgencySetting:
    time_zone: str
    rules: RuleBook
    extended_to: date | None
    today: date

    def window(self, year: int, quarter: int | None) -> Window:
        _, last = period_bounds(year, quarter)
        rule = self.rules.window(last, annual=quarter is None)
        return rating_window(rule, year, quarter, self.extended_to)


@cache
def national_rules() -> tuple[Rule, ...]:
    """The reference data that holds where an agency has set none of its own."""
    rows = tomllib.loads(Path(__file__).with_name("reference.toml").read_text(encoding="utf-8"))["rule"]
    return tuple(Rule(**{**row, "kind": RuleKind(row["kind"])}) for row in rows)


@cache
def _national_book() -> RuleBook:
    return rule_book(national_rules(), ())


def load_setting(tx: Transaction, year: int | None = None, quarter: int | None = None) -> AgencySetting:
    row = tx.session.execute(_LOAD, {"year": year, "quarter": quarter}).one()
    zone = row.time_zone or FIRST_ZONE
    book = rule_book(national_rules(), map(_own_rule, row.own)) if row.own else _national_book()
    return AgencySetting(zone, book, row.extended_to, local_date(tx.now, zone))


def _own_rule(row: list[Any]) -> Rule:
    kind, version, effective_from, value, source, verified = row
    return Rule(RuleKind(kind), version, date.fromisoformat(effective_from), value, source, verified)
