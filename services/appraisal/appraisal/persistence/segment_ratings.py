"""Ratings of segments between rows and the domain."""

from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert

from appraisal.domain.periods import Period
from appraisal.domain.segment_rating import EndedPlan, SegmentRating
from appraisal.domain.values import PeriodKind
from appraisal.persistence import models
from appraisal.persistence.of_period import of_period
from chassis.pagination import Page, PageRequest
from chassis.records import columns_of, fetch_all, fetch_page, table_of, values_of
from chassis.unit_of_work import Transaction

# In months or quarters, a period ends with them; a year of months has its rows.
_ENDS_OF_QUARTERS = ("03-31", "06-30", "09-30", "12-31")
_INSERT = insert(table_of(models.SegmentRating)).on_conflict_do_nothing().returning(models.SegmentRating.id)


def insert_segment_rating(tx: Transaction, rating: SegmentRating) -> bool:
    """Insert a rating; return False when these days have one."""
    row = {**values_of(models.SegmentRating, rating), "agency_id": tx.agency_id}
    return tx.session.execute(_INSERT, row).first() is not None


def ended_unrated(tx: Transaction, page: PageRequest, appraiser_id: UUID | None) -> Page[EndedPlan]:
    """Return the plans that a move has ended within a period and whose days in it have no rating, by id.

    `appraiser_id` limits them to those of this appraiser. A plan that ended with a period is rated by its result.
    """
    plan, rating, period = models.Plan, models.SegmentRating, models.Period
    ends_period = exists().where(
        period.year == plan.year, period.kind != PeriodKind.YEAR, period.last_day == plan.last_day
    )
    rated = exists().where(rating.employee_id == plan.employee_id, rating.last_day == plan.last_day)
    query = select(*columns_of(plan, EndedPlan)).where(
        plan.last_day.is_not(None),
        plan.active_version.is_not(None),
        func.to_char(plan.last_day, "MM-DD").not_in(_ENDS_OF_QUARTERS),
        ~ends_period,
        ~rated,
    )
    if appraiser_id is not None:
        query = query.where(plan.appraiser_id == appraiser_id)
    return fetch_page(tx, query, EndedPlan, page, plan.id)


def segment_ratings_of(tx: Transaction, employee_id: UUID, period: Period) -> list[SegmentRating]:
    """Return the ratings by earlier appraisers of days in a period, by first day."""
    row = models.SegmentRating
    query = select(*columns_of(row, SegmentRating)).where(row.employee_id == employee_id, of_period(row, period))
    return fetch_all(tx, query.order_by(row.first_day), SegmentRating)
