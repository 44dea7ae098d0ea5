"""Open a year: its periods with their windows, and the versions of the rules that hold in each."""

from dataclasses import replace

from appraisal.domain.cycle import Cycle, CycleView, OpenCycle
from appraisal.domain.errors import CycleInUse
from appraisal.domain.outages import Outages
from appraisal.domain.periods import Period
from appraisal.domain.rules import RuleBook
from appraisal.domain.values import Periodicity
from appraisal.persistence.outages import load_outages
from appraisal.persistence.periods import (
    cycle_to_be,
    evaluated_by,
    extended_to,
    find_cycle,
    insert_cycle,
    one_cycle_at_a_time,
    replace_cycle,
    wait_for_raters,
)
from appraisal.persistence.replaced_periods import to_set_anew
from appraisal.persistence.rules import load_setting, rules_known_at
from appraisal.use_cases.obligations.open_year import start_opening
from appraisal.use_cases.outages.windows import extend_windows
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork


def open_cycle(work: UnitOfWork, actor: Principal, command: OpenCycle) -> CycleView:
    """The same again changes nothing; another choice replaces the periods while none of them has been evaluated.

    What was set of units and windows for the former ones holds no longer; the answer names these.
    """
    with work.transaction(actor.agency_id) as tx:
        one_cycle_at_a_time(tx)
        before = find_cycle(tx, command.year)
        if before is not None and before.is_as_wanted(command):
            return CycleView.of(before, to_set_anew(tx, command.year))
        outages = load_outages(tx)  # before any period is locked, as an outage does
        made = _replaced(tx, actor, before, command) if before else _first(tx, actor, command)
        made = _with_outages(tx, made, outages)
        start_opening(tx, made.year, actor.account_id)
        waiting = to_set_anew(tx, made.year)
        windows = [str(Period.of(made.year, one.quarter, one.month)) for one in waiting.windows_to_extend_anew]
        detail = {"periodic": made.periodic, "units_to_set_anew": waiting.units_to_set_anew, "windows": windows}
        audit.record(tx, actor, "cycle_opened", "cycle", str(made.year), **detail)
        return CycleView.of(made, waiting)


def _first(tx: Transaction, actor: Principal, command: OpenCycle) -> Cycle:
    """Open a year that nobody has opened. When the system does so at the same moment, take that cycle over."""
    cycle = cycle_to_be(tx, command.year, command.periodic)
    _require_unused(tx, command.year, cycle.periodic)
    if insert_cycle(tx, cycle, tx.now, actor.account_id):
        return replace(cycle, opened_at=tx.now, opened_by=actor.account_id)
    before = find_cycle(tx, command.year)
    assert before is not None
    return _replaced(tx, actor, before, command)


def _replaced(tx: Transaction, actor: Principal, before: Cycle, command: OpenCycle) -> Cycle:
    """Replace the periods. What has begun keeps the rules that were known when the year was first opened."""
    periodic = command.periodic or before.periodic
    wait_for_raters(tx)
    _require_unused(tx, command.year, periodic)
    setting = load_setting(tx)
    assert before.opened_at is not None
    first_known = rules_known_at(tx, before.opened_at)

    def has_begun(period: Period) -> bool:
        return period.first_day <= setting.today

    def rules_of(period: Period) -> RuleBook:
        return first_known if has_begun(period) else setting.rules

    since = before.opened_at if has_begun(Period.of(command.year)) else tx.now
    cycle = Cycle.opened(command.year, periodic, rules_of, extended_to(tx, command.year), since, actor.account_id)
    replace_cycle(tx, cycle, since, actor.account_id)
    return cycle


def _with_outages(tx: Transaction, made: Cycle, outages: Outages) -> Cycle:
    """Extend the windows by the outages that were recorded while the year had other periods."""
    for outage in outages.outages:
        extend_windows(tx, outages, outage)
    rows = load_setting(tx, Period.of(made.year)).rows
    return replace(made, rows=rows)


def _require_unused(tx: Transaction, year: int, periodic: Periodicity) -> None:
    """Raise CycleInUse when the year has evaluations of other periods."""
    if others := evaluated_by(tx, year) - {periodic}:
        raise CycleInUse(year=year, periodic=", ".join(sorted(others)))
