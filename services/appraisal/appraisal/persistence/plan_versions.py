"""The versions of a plan between rows and the domain."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select, tuple_, update

from appraisal.domain.plan import Plan
from appraisal.domain.plan_content import Content
from appraisal.domain.plan_version import PlanVersion, VersionState
from appraisal.domain.values import PlanModel
from appraisal.persistence import models
from chassis.errors import required
from chassis.records import columns_of, fetch_all, fetch_one, insert_record, table_of, values_of
from chassis.unit_of_work import Transaction


def load_submitted_version(tx: Transaction, plan_id: UUID, number: int) -> PlanVersion:
    """Return a version that is as it was submitted. Raise NotFound, also for a draft that is being written."""
    version = models.PlanVersion
    query = select(*columns_of(version, PlanVersion)).where(version.plan_id == plan_id, version.number == number)
    return required(fetch_one(tx, query.where(version.submitted_at.is_not(None)), PlanVersion), "versi SKP", number)


def contents_of(tx: Transaction, wanted: Collection[tuple[UUID, int]]) -> dict[tuple[UUID, int], Content]:
    """Return the contents of these versions, each named by its plan and its number."""
    version = models.PlanVersion
    query = select(*columns_of(version, PlanVersion)).where(tuple_(version.plan_id, version.number).in_(wanted))
    return {(one.plan_id, one.number): one.content for one in fetch_all(tx, query, PlanVersion)}


def content_of(tx: Transaction, version: tuple[UUID, int] | None) -> Content:
    """Return the content of a version; an empty one where there is none."""
    empty = Content(PlanModel.QUANTITATIVE)
    return empty if version is None else contents_of(tx, [version]).get(version, empty)


def insert_version(tx: Transaction, version: PlanVersion) -> None:
    insert_record(tx, models.PlanVersion, version)


def next_number(tx: Transaction, plan_id: UUID) -> int:
    """Return a number that no version of a plan has had."""
    version = models.PlanVersion
    highest = tx.session.scalar(select(func.max(version.number)).where(version.plan_id == plan_id))
    return (highest or 0) + 1


def overwrite_draft(tx: Transaction, plan: Plan, version: PlanVersion) -> None:
    """Replace the content of the version that is being written; what was submitted of it is submitted no longer."""
    assert version.state is VersionState.DRAFT
    table = table_of(models.PlanVersion)
    query = update(table).where(table.c.plan_id == plan.id, table.c.number == plan.plan_version)
    tx.session.execute(query.values(values_of(models.PlanVersion, version)))
