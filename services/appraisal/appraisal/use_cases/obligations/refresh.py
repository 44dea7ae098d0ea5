"""Bring the register to what is owed now, by people's days, plans and evaluations; only differences are written.

What two transactions do to a person at once is found by the version: whoever comes second reads again.
"""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from appraisal.domain.extensions import ExtensionCause, move_of
from appraisal.domain.obligations import YearRules, overtaken, owed
from appraisal.persistence.extensions import deadlines_of, grants_of, save_moves
from appraisal.persistence.obligations import Put, cancel_obligations, put_extended, stored_obligations
from appraisal.persistence.outages import load_outages, pending_outages, with_extensions
from appraisal.persistence.owed import employee_years
from appraisal.persistence.periods import rows_of_year
from appraisal.persistence.rules import load_setting
from chassis.errors import VersionConflict
from chassis.ids import new_id
from chassis.unit_of_work import Transaction

_ATTEMPTS = 5


def refresh_obligations(tx: Transaction, people: Collection[UUID], year: int) -> Put:
    """Write what these people's year is owed now; return how many obligations were new and changed.

    Who has not arrived in the directory is left out. Raise NotKnownYet while the agency has not, and VersionConflict
    when others write the same people's obligations without end.
    """
    if not people:
        return Put()
    _move_pending(tx, people)
    rules, done = YearRules.of(year, rows_of_year(tx, year), load_setting(tx)), Put()
    left: Collection[UUID] = people
    for _ in range(_ATTEMPTS):
        done = done + _refresh(tx, left, rules)
        left = done.missed
        if not left:
            return done
    raise VersionConflict


def _move_pending(tx: Transaction, people: Collection[UUID]) -> None:
    """Move what a job has not come to yet as it would, with its entry in the history."""
    outages = load_outages(tx)
    for outage in pending_outages(tx):
        cause = ExtensionCause.WITHDRAWAL if outage.is_withdrawn else ExtensionCause.OUTAGE
        moves = (move_of(new_id(), one, outages, outage, cause, tx.now) for one in deadlines_of(tx, people, outage))
        save_moves(tx, [one for one in moves if one is not None])


def _refresh(tx: Transaction, people: Collection[UUID], rules: YearRules) -> Put:
    """Read what is stored first: a version that was read before everything else shows any later change of it."""
    stored = stored_obligations(tx, people, rules.year)
    years = employee_years(tx, people, rules.year)
    computed = {one.key: one for year in years for one in owed(year, rules)}
    given = grants_of(tx, [one.id for one in stored.values()])
    grants = {key: given[one.id] for key, one in stored.items() if one.id in given}
    extended = with_extensions(tx, computed.values(), grants)
    rows = [replace(one, row=overtaken(one.row, rules, tx.now)) for one in extended]
    put = put_extended(tx, rows, {key: one.version for key, one in stored.items()})
    known = {year.employee_id for year in years}
    gone = [one.id for key, one in stored.items() if key not in computed and key[1] in known and not one.is_cancelled]
    return Put(put.new, put.changed + (cancel_obligations(tx, gone) if gone else 0), put.missed)
