"""Count who is compared with a unit's pattern, and say whether a reader may see it."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.authorisation import visible_units
from appraisal.domain.distribution import Level
from appraisal.domain.distribution_guard import UnitCounts
from appraisal.domain.periods import Period
from appraisal.domain.rules import RuleBook
from appraisal.domain.suppression import UnitTree
from appraisal.persistence.people import parents_on, units_below
from appraisal.persistence.units import count_units, groups_of
from appraisal.use_cases.obligations.open_missing import open_missing
from chassis.auth import Principal
from chassis.unit_of_work import Transaction


@dataclass(frozen=True)
class Counted:
    counts: UnitCounts
    shown: bool


def count_for_reader(tx: Transaction, actor: Principal, unit_id: UUID, period: Period, rules: RuleBook) -> Counted:
    """Return the counts of a unit, with all below it as the tree was on the period's last day.

    A group under the threshold is shown only to those who may read each evaluation anyway, and no leader sees so much
    of the units below them that a small group could be added up. A proposal about the reader is not counted.
    """
    day = period.last_day
    level, smallest, visible = rules.distribution(day).level, rules.small_group(day), visible_units(tx, actor)
    group = groups_of(tx, level, [unit_id], day)[unit_id]
    seen = group if visible is None else group | visible | units_below(tx, visible, day)
    open_missing(tx, period.year, units=group)
    counted = count_units(tx, seen, period, unseen=[actor.employee_id])
    counts = UnitCounts.of_all(counted.get(one, UnitCounts()) for one in group)
    if visible is None or counts.rated < smallest:
        return Counted(counts, visible is None)
    tree = UnitTree({one: counted.get(one, UnitCounts()).rated for one in seen}, parents_on(tx, seen, day))
    return Counted(counts, tree.hidden(smallest).shows(unit_id, with_below=level is Level.SUBTREE))
