"""Lines of the allowance: written many at once, never changed once their run is decided."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, cast, func, select

from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import among, fetch_all, fetch_one, fetch_page
from chassis.unit_of_work import Transaction
from directory.bulk import overwrite
from incentive.domain.allowance_line import AllowanceLine, LineKey, LineKind, MonthLines
from incentive.domain.allowance_line_views import AllowanceLineView, LineDetail
from incentive.domain.allowance_run import DECIDED
from incentive.domain.unit_total import PaidPerson
from incentive.persistence import models

EXPORT_CHUNK = 5000
_LINE, _RUN, _POLICY = models.AllowanceLine, models.AllowanceRun, models.TukinPolicy
_SHOWN = (
    _LINE.id,
    _LINE.run_id,
    _LINE.employee_id,
    _LINE.unit_id,
    func.to_char(_LINE.month, "YYYY-MM").label("month"),
    func.to_char(_RUN.month, "YYYY-MM").label("run_month"),
    _LINE.kind,
    _LINE.adjusts_line_id,
    _LINE.amount,
    _LINE.full_amount,
    _LINE.not_payable,
    cast(func.jsonb_extract_path_text(_LINE.inputs, "job_class"), Integer).label("job_class"),
    func.jsonb_extract_path_text(_LINE.inputs, "predicate").label("predicate"),
    _POLICY.number.label("policy_version"),
    _RUN.state,
    _LINE.calculated_at,
)


def keys_of_run(tx: Transaction, run_id: UUID, ids: Sequence[UUID]) -> dict[tuple[UUID, date], LineKey]:
    """Return the lines that a run already has for these people, by person and month."""
    query = select(_LINE.id, _LINE.employee_id, _LINE.month, _LINE.fingerprint).where(
        _LINE.run_id == run_id, among(_LINE.employee_id, ids)
    )
    return {(row.employee_id, row.month): LineKey(row.id, row.fingerprint) for row in tx.session.execute(query)}


def lines_of_other_runs(tx: Transaction, month: date, ids: Sequence[UUID], run_id: UUID) -> dict[UUID, MonthLines]:
    """Return what other runs than `run_id` have calculated for a month, by person."""
    query = (
        select(_LINE.id, _LINE.employee_id, _LINE.kind, _LINE.amount)
        .where(_LINE.month == month, among(_LINE.employee_id, ids), _LINE.run_id != run_id)
        .order_by(_LINE.calculated_at, _LINE.id)
    )
    found: dict[UUID, MonthLines] = {}
    for row in tx.session.execute(query):
        before = found.get(row.employee_id, MonthLines())
        regular_id = row.id if row.kind == LineKind.REGULAR else before.regular_id
        found[row.employee_id] = MonthLines(regular_id, before.amount + row.amount)
    return found


def store_lines(tx: Transaction, lines: Sequence[AllowanceLine]) -> None:
    """Insert lines, and write the result of a rerun over those that are there, all in one statement."""
    if lines:
        overwrite(tx, _LINE, [vars(line) for line in lines])


def run_totals(tx: Transaction, run_id: UUID, month: date) -> dict[str, int]:
    """Count and sum a run's lines: those of its own month, and the corrections of earlier ones."""
    regular, own = _LINE.kind == LineKind.REGULAR.value, _LINE.month == month
    payable = _LINE.not_payable.is_(None)
    amount, lines = func.sum(_LINE.amount), func.count()
    query = select(
        lines.filter(regular, own).label("lines"),
        lines.filter(regular, payable).label("payable"),
        lines.filter(regular, ~payable).label("not_payable"),
        lines.filter(~own).label("corrections"),
        func.coalesce(amount.filter(own), 0).label("regular_amount"),
        func.coalesce(amount.filter(~own), 0).label("correction_amount"),
        func.coalesce(amount, 0).label("amount"),
    ).where(_LINE.run_id == run_id)
    return {key: int(value) for key, value in tx.session.execute(query).mappings().one().items()}


def lines_of_year(tx: Transaction, employee_id: UUID, year: int) -> list[AllowanceLineView]:
    """Return a person's lines of a year's months, each month in the order of the runs."""
    months = _LINE.month.between(date(year, 1, 1), date(year, 12, 31))
    query = _joined(select(*_SHOWN)).where(_LINE.employee_id == employee_id, months)
    return fetch_all(tx, query.order_by(_LINE.month, _RUN.month, _LINE.id), AllowanceLineView)


def lines_of_run(tx: Transaction, run_id: UUID, page: PageRequest) -> Page[AllowanceLineView]:
    """Return a run's lines by id."""
    return fetch_page(tx, _joined(select(*_SHOWN)).where(_LINE.run_id == run_id), AllowanceLineView, page, _LINE.id)


def all_lines_of_run(tx: Transaction, run_id: UUID) -> Iterator[AllowanceLineView]:
    """Return every line of a run, read in chunks."""
    page = PageRequest(EXPORT_CHUNK)
    while found := lines_of_run(tx, run_id, page).items:
        yield from found
        page = PageRequest(EXPORT_CHUNK, (str(found[-1].id),))


def load_line(tx: Transaction, line_id: UUID) -> LineDetail:
    """Return a line with all that it follows from. Raise NotFound."""
    query = _joined(select(*_SHOWN, _LINE.policy_id, _LINE.inputs, _LINE.steps, _LINE.provenance))
    return required(fetch_one(tx, query.where(_LINE.id == line_id), LineDetail), "baris tukin", line_id)


def people_paid(tx: Transaction, month: date) -> list[PaidPerson]:
    """Return what each person was granted for a month, with the unit of the regular line."""
    query = (
        select(_LINE.employee_id, _LINE.unit_id, _LINE.amount)
        .join(_RUN, _RUN.id == _LINE.run_id)
        .where(_LINE.month == month, _LINE.unit_id.is_not(None), _RUN.state.in_(sorted(DECIDED)))
        .order_by(_LINE.employee_id, _LINE.kind != LineKind.REGULAR.value, _LINE.id)
    )
    found: dict[UUID, PaidPerson] = {}
    for employee_id, unit_id, amount in tx.session.execute(query):
        before = found.get(employee_id, PaidPerson(employee_id, unit_id, 0))  # type: ignore[arg-type] # has a unit
        found[employee_id] = replace(before, amount=before.amount + amount)
    return list(found.values())


def _joined(query: Select[Any]) -> Select[Any]:
    return query.join(_RUN, _RUN.id == _LINE.run_id).join(_POLICY, _POLICY.id == _LINE.policy_id)
