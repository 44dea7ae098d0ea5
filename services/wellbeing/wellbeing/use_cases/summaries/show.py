"""Show counts to leaders and inspectors, and nothing but counts."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.clock import today_in
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from directory.questions import time_zone
from disclosure.released import Step
from wellbeing.authorisation import require_counts_reader
from wellbeing.domain.reference import ReferenceKind
from wellbeing.domain.reference_values import anonymity
from wellbeing.domain.summary import SummaryView, case_count, participant_count, whole_months
from wellbeing.persistence.directory import unit_tree, unit_tree_on
from wellbeing.persistence.programmes import attended_by_month
from wellbeing.persistence.references import current_reference
from wellbeing.persistence.tickets import count_cases, count_conditions


def show_summary(work: UnitOfWork, actor: Principal, year: int, unit_id: UUID | None) -> SummaryView:
    """Return a unit's counts, or the agency's without a unit. Raise NotFound, Forbidden."""
    with work.transaction(actor.agency_id) as tx:
        tree = unit_tree(tx)
        if unit_id is not None and unit_id not in tree.parents:
            raise NotFound(object="unit", id=unit_id)
        require_counts_reader(tx, actor, tree, unit_id)
        zone = time_zone(tx)
        today = today_in(tx.now, zone)
        period = whole_months(year, today, zone)
        reference = current_reference(tx, ReferenceKind.ANONYMITY, today)
        minimum = anonymity(reference).counts
        units = tree.subtree([unit_id]) if unit_id else frozenset(tree.parents)
        months = period.months()
        attended = zip(months, attended_by_month(tx, period), strict=True)
        steps = [Step(unit_tree_on(tx, month.last_day), came) for month, came in attended]
        audit.record(tx, actor, "summary_read", "org_unit", unit_id or "-", year=year)
        return SummaryView(
            unit_id=unit_id,
            year=year,
            counted_until=period.until,
            conditions=count_conditions(tx, units, period),
            programme_participants=participant_count(steps, unit_id, minimum),
            personal_cases=case_count([count_cases(tx, month) for month in months], unit_id, minimum),
            minimum=minimum,
            anonymity_version=reference.version,
        )
