"""Dated reference data of an agency: JP targets, numbers of rules, kinds of training; followed, never edited."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from training.domain.jp import JpTarget, TargetKind
from training.persistence.models import Base, Competency, CourseKind, JpTargetRow, RuleValue

SYSTEM = "system"


@cache
def _defaults() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("defaults.toml").read_text())


def ensure_reference(tx: Transaction) -> None:
    """Give an agency its first reference data, once; a later change is the agency's own."""
    if tx.session.scalar(select(CourseKind.code).limit(1)) is not None:
        return
    defaults = _defaults()
    stamp = {"version": 1, "recorded_by": SYSTEM, "recorded_at": tx.now}
    year = defaults["from_year"]
    _fill(tx, JpTargetRow, [{"id": new_id(), "from_year": year, **row, **stamp} for row in defaults["jp_target"]])
    first_day = {"valid_from": date(year, 1, 1)}
    _fill(tx, RuleValue, [{"id": new_id(), **first_day, **row, **stamp} for row in defaults["rule"]])
    for section, form in (("kinds_classical", "KLASIKAL"), ("kinds_non_classical", "NON_KLASIKAL")):
        part = defaults[section]
        origin = {"form": form, "source": part["source"], "verified": part["verified"]}
        _fill(tx, CourseKind, [{"code": code, "label": label, **origin} for code, label in part["codes"].items()])
    part = defaults["competencies"]
    origin = {"source": part["source"], "verified": part["verified"], "definition": "", "active": True, "version": 1}
    for kind in ("MANAGERIAL", "SOCIOCULTURAL"):
        _fill(
            tx, Competency, [{"code": code, "name": name, "kind": kind, **origin} for code, name in part[kind].items()]
        )


def _fill(tx: Transaction, table: type[Base], rows: list[dict[str, Any]]) -> None:
    values = [{"agency_id": tx.agency_id, **row} for row in rows]
    tx.session.execute(insert(table).values(values).on_conflict_do_nothing())


def jp_targets(tx: Transaction) -> list[JpTarget]:
    ensure_reference(tx)
    order = (JpTargetRow.employment_type, JpTargetRow.from_year, JpTargetRow.version)
    rows = tx.session.scalars(select(JpTargetRow).order_by(*order))
    return [
        JpTarget(r.id, r.employment_type, TargetKind(r.kind), r.jp, r.from_year, r.source, r.verified, r.version)
        for r in rows
    ]


def add_jp_target(tx: Transaction, recorded_by: str, **values: Any) -> JpTargetRow:
    ensure_reference(tx)
    same = (
        JpTargetRow.employment_type == values["employment_type"],
        JpTargetRow.from_year == values["from_year"],
    )
    version = (tx.session.scalar(select(func.max(JpTargetRow.version)).where(*same)) or 0) + 1
    row = JpTargetRow(agency_id=tx.agency_id, version=version, recorded_by=recorded_by, recorded_at=tx.now, **values)
    tx.session.add(row)
    tx.session.flush()
    return row


def rule(tx: Transaction, name: str, on: date) -> RuleValue:
    """The number in force on a day, with its source and version."""
    ensure_reference(tx)
    query = select(RuleValue).where(RuleValue.name == name, RuleValue.valid_from <= on)
    row = tx.session.scalar(query.order_by(RuleValue.valid_from.desc(), RuleValue.version.desc()).limit(1))
    if row is None:
        earliest = select(RuleValue).where(RuleValue.name == name).order_by(RuleValue.valid_from).limit(1)
        return tx.session.scalars(earliest).one()
    return row


def rules(tx: Transaction) -> list[RuleValue]:
    ensure_reference(tx)
    return list(tx.session.scalars(select(RuleValue).order_by(RuleValue.name, RuleValue.valid_from, RuleValue.version)))


def add_rule(tx: Transaction, recorded_by: str, **values: Any) -> RuleValue:
    ensure_reference(tx)
    same = (RuleValue.name == values["name"], RuleValue.valid_from == values["valid_from"])
    version = (tx.session.scalar(select(func.max(RuleValue.version)).where(*same)) or 0) + 1
    row = RuleValue(agency_id=tx.agency_id, version=version, recorded_by=recorded_by, recorded_at=tx.now, **values)
    tx.session.add(row)
    tx.session.flush()
    return row


def kinds(tx: Transaction) -> list[CourseKind]:
    ensure_reference(tx)
    return list(tx.session.scalars(select(CourseKind).order_by(CourseKind.form, CourseKind.code)))


def kind(tx: Transaction, code: str) -> CourseKind | None:
    ensure_reference(tx)
    return tx.session.get(CourseKind, (tx.agency_id, code))
