"""Dated reference data of an agency: JP targets, numbers of rules, kinds of training; followed, never edited."""

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.records import columns_of, fetch_all, fetch_one, insert_record, table_of
from chassis.unit_of_work import Transaction
from directory.questions import today
from training.domain.course import CourseKind
from training.domain.jp import JpTarget, SetJpTarget, jp_from_minutes
from training.domain.rule import Rule, RuleName, SetRule
from training.domain.year_target import PartYearRules, period_of
from training.persistence import models
from training.persistence.models import Base

SYSTEM = "system"
_TARGET = columns_of(models.JpTarget, JpTarget)
_RULE = columns_of(models.RuleValue, Rule)
_KIND = columns_of(models.CourseKind, CourseKind)


@cache
def _defaults() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("defaults.toml").read_text())


def ensure_reference(tx: Transaction) -> None:
    """Store the first reference data of an agency, once; later changes are the agency's own."""
    if tx.session.scalar(select(models.CourseKind.code).limit(1)) is not None:
        return
    defaults = _defaults()
    stamp = {"version": 1, "recorded_by": SYSTEM, "recorded_at": tx.now}
    year = defaults["from_year"]
    _fill(tx, models.JpTarget, [{"id": new_id(), "from_year": year, **row, **stamp} for row in defaults["jp_target"]])
    first_day = {"valid_from": date(year, 1, 1)}
    _fill(tx, models.RuleValue, [{"id": new_id(), **first_day, **row, **stamp} for row in defaults["rule"]])
    for section, form in (("kinds_classical", "KLASIKAL"), ("kinds_non_classical", "NON_KLASIKAL")):
        part = defaults[section]
        origin = {"form": form, "source": part["source"], "verified": part["verified"]}
        rows = [{"code": code, "label": label, **origin} for code, label in part["codes"].items()]
        _fill(tx, models.CourseKind, rows)
    part = defaults["competencies"]
    origin = {"source": part["source"], "verified": part["verified"], "definition": "", "active": True, "version": 1}
    for kind in ("MANAGERIAL", "SOCIOCULTURAL"):
        rows = [{"code": code, "name": name, "kind": kind, **origin} for code, name in part[kind].items()]
        _fill(tx, models.Competency, rows)


def _fill(tx: Transaction, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    values = [{"agency_id": tx.agency_id, **row} for row in rows]
    tx.session.execute(insert(table_of(model)).values(values).on_conflict_do_nothing())


def jp_targets(tx: Transaction) -> list[JpTarget]:
    ensure_reference(tx)
    model = models.JpTarget
    query = select(*_TARGET).order_by(model.employment_type, model.from_year, model.version)
    return fetch_all(tx, query, JpTarget)


def add_jp_target(tx: Transaction, command: SetJpTarget, recorded_by: UUID) -> JpTarget:
    """Record a target as the newest version of its type and year, and return it."""
    ensure_reference(tx)
    model = models.JpTarget
    same = (model.employment_type == command.employment_type, model.from_year == command.from_year)
    version = (tx.session.scalar(select(func.max(model.version)).where(*same)) or 0) + 1
    target = JpTarget(
        new_id(),
        command.employment_type,
        command.kind,
        command.jp,
        command.from_year,
        command.source,
        command.verified,
        version,
    )
    insert_record(tx, model, target, recorded_by=str(recorded_by), recorded_at=tx.now)
    return target


def load_rule(tx: Transaction, name: RuleName, on: date) -> Rule:
    """Return the number in force on a day; before the first row's day that first row."""
    ensure_reference(tx)
    model = models.RuleValue
    query = select(*_RULE).where(model.name == name)
    newest = query.where(model.valid_from <= on).order_by(model.valid_from.desc(), model.version.desc()).limit(1)
    found = fetch_one(tx, newest, Rule) or fetch_one(tx, query.order_by(model.valid_from).limit(1), Rule)
    assert found is not None
    return found


def part_year_rules(tx: Transaction, year: int) -> PartYearRules:
    """Return how a part year is counted, by the rules in force at the end of a year."""
    last_day = period_of(year).last_day
    return PartYearRules(
        of_type=load_rule(tx, RuleName.JP_TARGET_BY_DAYS_OF_TYPE, last_day),
        of_service=load_rule(tx, RuleName.JP_TARGET_BY_DAYS_OF_SERVICE, last_day),
    )


def list_rules(tx: Transaction) -> list[Rule]:
    ensure_reference(tx)
    model = models.RuleValue
    return fetch_all(tx, select(*_RULE).order_by(model.name, model.valid_from, model.version), Rule)


def add_rule(tx: Transaction, command: SetRule, recorded_by: UUID) -> Rule:
    """Record a number as the newest version of its name and day, and return it."""
    ensure_reference(tx)
    model = models.RuleValue
    same = (model.name == command.name, model.valid_from == command.valid_from)
    version = (tx.session.scalar(select(func.max(model.version)).where(*same)) or 0) + 1
    rule = Rule(new_id(), command.name, command.value, command.valid_from, version, command.source, command.verified)
    insert_record(tx, model, rule, recorded_by=str(recorded_by), recorded_at=tx.now)
    return rule


def course_kinds(tx: Transaction) -> list[CourseKind]:
    ensure_reference(tx)
    return fetch_all(tx, select(*_KIND).order_by(models.CourseKind.form, models.CourseKind.code), CourseKind)


def require_course_kind(tx: Transaction, code: str) -> None:
    """Raise InvalidInput, which lists the agency's kinds, for another code."""
    ensure_reference(tx)
    if tx.session.scalar(select(models.CourseKind.code).where(models.CourseKind.code == code)) is None:
        allowed = ", ".join(kind.code for kind in course_kinds(tx))
        fault = FieldError("kind_code", "course_kind_unknown", code, f"salah satu dari: {allowed}")
        raise InvalidInput(errors=[fault])


def jp_worth(tx: Transaction, jp: int | None, minutes: int | None) -> int:
    """Return the JP as given, or counted from minutes by the rule in force. Raise InvalidInput for neither."""
    if jp is not None:
        return jp
    return jp_from_minutes(minutes, load_rule(tx, RuleName.MINUTES_PER_JP, today(tx)).value)
