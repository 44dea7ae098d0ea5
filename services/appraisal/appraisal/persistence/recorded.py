"""Which entries of the log, and which feedback, are of a period."""

from collections.abc import Collection
from uuid import UUID

from appraisal.domain.periods import Period
from appraisal.domain.spans import Span
from appraisal.persistence import models
from chassis.records import AnySelect, among


def entries_in(query: AnySelect, people: Collection[UUID], period: Period) -> AnySelect:
    """Narrow a query of the log to the days of a period, along these people's plans of the year.

    By way of the plans: entries have an index by plan, and none by person.
    """
    entry, plan = models.Progress, models.Plan
    query = query.join(plan, plan.id == entry.plan_id).where(among(plan.employee_id, people), plan.year == period.year)
    return query.where(entry.day.between(period.first_day, period.last_day))


def feedback_in(query: AnySelect, people: Collection[UUID], period: Period, span: Span) -> AnySelect:
    """Narrow a query of feedback to what was given within a period, along these people's plans of the year."""
    feedback, plan = models.Feedback, models.Plan
    query = query.join(plan, plan.id == feedback.plan_id)
    query = query.where(among(plan.employee_id, people), plan.year == period.year)
    return query.where(feedback.given_at >= span.begins, feedback.given_at < span.ends)
