"""Which entries of the log, and which feedback, are of a period, or of some days of it."""

from collections.abc import Collection
from uuid import UUID

from appraisal.domain.spans import Days, Span
from appraisal.persistence import models
from chassis.records import AnySelect, among


def entries_in(query: AnySelect, people: Collection[UUID], days: Days) -> AnySelect:
    """Narrow a query of the log to these days, along these people's plans of the year.

    By way of the plans: entries have an index by plan, and none by person.
    """
    entry, plan = models.Progress, models.Plan
    query = query.join(plan, plan.id == entry.plan_id).where(among(plan.employee_id, people), plan.year == days.year)
    return query.where(entry.day.between(days.first_day, days.last_day))


def feedback_in(query: AnySelect, people: Collection[UUID], days: Days, span: Span) -> AnySelect:
    """Narrow a query of feedback to what was given on these days, along these people's plans of the year."""
    feedback, plan = models.Feedback, models.Plan
    query = query.join(plan, plan.id == feedback.plan_id)
    query = query.where(among(plan.employee_id, people), plan.year == days.year)
    return query.where(feedback.given_at >= span.begins, feedback.given_at < span.ends)
