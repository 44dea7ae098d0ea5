"""Bring the register to what is owed now, by people's days, plans and evaluations; only differences are written.

What two transactions do to a person at once is found by the version: whoever comes second reads again.
"""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from appraisal.domain.obligations import YearRules, overtaken, owed
from appraisal.persistence.obligations import Put, cancel_obligations, put_obligations, stored_obligations
from appraisal.persistence.owed import employee_years
from appraisal.persistence.periods import rows_of_year
from appraisal.persistence.rules import load_setting
from chassis.errors import VersionConflict
from chassis.unit_of_work import Transaction

_ATTEMPTS = 5


def refresh_obligations(tx: Transaction, people: Collection[UUID], year: int) -> Put:
    """Write what these people's year is owed now; return how many obligations were new and changed.

    Who has not arrived in the directory is left out. Raise NotKnownYet while the agency has not, and VersionConflict
    when others write the same people's obligations without end.
    """
    if not people:
        return Put()
    rules, done = YearRules.of(year, rows_of_year(tx, year), load_setting(tx)), Put()
    left: Collection[UUID] = people
    for _ in range(_ATTEMPTS):
        done = done + _refresh(tx, left, rules)
        left = done.missed
        if not left:
            return done
    raise VersionConflict


def _refresh(tx: Transaction, people: Collection[UUID], rules: YearRules) -> Put:
    """Read what is stored first: a version that was read before everything else shows any later change of it."""
    stored = stored_obligations(tx, people, rules.year)
    years = employee_years(tx, people, rules.year)
    computed = {one.key: one for year in years for one in owed(year, rules)}
    none = timedelta()
    rows = [
        overtaken(one, stored[key].extension if key in stored else none, rules, tx.now) for key, one in computed.items()
    ]
    put = put_obligations(tx, rows, {key: one.version for key, one in stored.items()})
    known = {year.employee_id for year in years}
    gone = [one.id for key, one in stored.items() if key not in computed and key[1] in known and not one.is_cancelled]
    return Put(put.new, put.changed + (cancel_obligations(tx, gone) if gone else 0), put.missed)
