"""How many timelines of the agency have been published, out of how many."""

from sqlalchemy import func, select

from chassis.unit_of_work import Transaction
from personnel.domain.publication import PublicationView
from personnel.persistence import models


def count_published(tx: Transaction) -> PublicationView:
    """Count people and units, and those of which a timeline was published."""
    unit = models.OrgUnit
    query = select(
        select(func.count()).select_from(models.Employee).scalar_subquery(),
        select(func.count()).select_from(models.PublishedTimeline).scalar_subquery(),
        select(func.count()).select_from(unit).scalar_subquery(),
        select(func.count()).select_from(unit).where(unit.timeline_version > 0).scalar_subquery(),
    )
    return PublicationView(tx.agency_id, *tx.session.execute(query).one())
