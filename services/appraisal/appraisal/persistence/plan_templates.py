"""Templates of plans between rows and the domain."""

from uuid import UUID

from sqlalchemy import func, or_, select

from appraisal.domain.plan_template import ListTemplates, PlanTemplate
from appraisal.persistence import models
from chassis.errors import required
from chassis.pagination import Page
from chassis.records import columns_of, fetch_one, fetch_page, insert_record, update_record
from chassis.unit_of_work import Transaction

_QUERY = select(*columns_of(models.PlanTemplate, PlanTemplate))


def load_template(tx: Transaction, template_id: UUID) -> PlanTemplate:
    """Return a template. Raise NotFound."""
    found = fetch_one(tx, _QUERY.where(models.PlanTemplate.id == template_id), PlanTemplate)
    return required(found, "templat SKP", template_id)


def list_templates(tx: Transaction, wanted: ListTemplates) -> Page[PlanTemplate]:
    """Return templates, the newest first."""
    row, query = models.PlanTemplate, _QUERY
    if wanted.state is not None:
        query = query.where(row.state == wanted.state)
    if wanted.position_code is not None:
        for_every_one = func.cardinality(row.position_codes) == 0
        query = query.where(or_(row.position_codes.contains([wanted.position_code]), for_every_one))
    return fetch_page(tx, query, PlanTemplate, wanted.page, row.id, descending=True)


def insert_template(tx: Transaction, template: PlanTemplate) -> None:
    insert_record(tx, models.PlanTemplate, template)


def update_template(tx: Transaction, before: PlanTemplate, after: PlanTemplate) -> PlanTemplate:
    """Save a change and return the template as it is now. Raise VersionConflict."""
    update_record(tx, models.PlanTemplate, before, after)
    return load_template(tx, after.id)
