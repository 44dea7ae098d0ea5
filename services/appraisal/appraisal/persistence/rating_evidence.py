"""What is recorded of a person for a period, read before they are rated: each in one statement."""

from uuid import UUID

from sqlalchemy import Text, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from appraisal.domain.periods import Period
from appraisal.domain.rating_evidence import MOST_FEEDBACK, EntriesSummed, PeriodEvidence
from appraisal.domain.rating_inputs import FeedbackUsedView
from appraisal.domain.spans import Span
from appraisal.persistence import models
from appraisal.persistence.realisations import realisations_of
from appraisal.persistence.recorded import entries_in, feedback_in
from chassis.records import columns_of, fetch_all
from chassis.unit_of_work import Transaction


def evidence_of_period(tx: Transaction, employee_id: UUID, period: Period, span: Span) -> PeriodEvidence:
    """Return the log summed by result and unit, and the feedback in the order in which it was given.

    Of the feedback there is one more than is shown, where there is more.
    """
    entry, feedback = models.Progress, models.Feedback
    link = entry.evidence_link
    links = func.array_agg(aggregate_order_by(link, entry.day.desc(), entry.id.desc())).filter(link.is_not(None))
    summed = select(
        entry.work_result_id,
        entry.unit,
        func.count().label("entries"),
        func.sum(entry.quantity).label("quantity"),
        func.coalesce(links, literal([], ARRAY(Text))).label("evidence_links"),
    )
    entries = entries_in(summed, [employee_id], period).group_by(entry.work_result_id, entry.unit)
    given = feedback_in(select(*columns_of(feedback, FeedbackUsedView)), [employee_id], period, span)
    stated = realisations_of(tx, employee_id, period)
    return PeriodEvidence(
        fetch_all(tx, entries.order_by(entry.work_result_id, entry.unit), EntriesSummed),
        fetch_all(tx, given.order_by(feedback.id).limit(MOST_FEEDBACK + 1), FeedbackUsedView),
        {item.work_result_id: item.realisation for one in stated for item in one.items},
    )
