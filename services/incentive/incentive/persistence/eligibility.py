"""The latest findings of eligibility, and the history of their changes."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Text, and_, cast, func, or_, select

from chassis.pagination import Page
from chassis.records import among, columns_of, fetch_all, fetch_page, values_of
from chassis.unit_of_work import Transaction
from directory import models as directory
from directory.bulk import overwrite
from incentive.domain.eligibility_findings import EligibilityChange, EligiblePersonView, ListEligibility, StoredFinding
from incentive.persistence import models

_FINDING = models.Eligibility
_COLUMNS, _LISTED = columns_of(_FINDING, StoredFinding), columns_of(_FINDING, EligiblePersonView)


def findings_of(tx: Transaction, ids: Sequence[UUID]) -> list[StoredFinding]:
    """Return the latest findings about these people."""
    query = select(*_COLUMNS).where(among(_FINDING.employee_id, ids))
    return fetch_all(tx, query.order_by(_FINDING.employee_id, _FINDING.kind), StoredFinding)


def save_findings(tx: Transaction, findings: Sequence[StoredFinding], changes: Sequence[EligibilityChange]) -> None:
    """Overwrite the findings, and add the changes to the history, in one statement each."""
    if findings:
        overwrite(tx, _FINDING, [values_of(_FINDING, finding) for finding in findings])
    if changes:
        overwrite(tx, models.EligibilityChange, [values_of(models.EligibilityChange, change) for change in changes])


def list_eligibility(tx: Transaction, query: ListEligibility, today: date) -> Page[EligiblePersonView]:
    """Return findings of one kind by person, with the unit of today."""
    stretch = directory.Stretch
    here = (stretch.employee_id == _FINDING.employee_id, stretch.first_day <= today)
    present = and_(*here, or_(stretch.last_day.is_(None), stretch.last_day >= today))
    shown = select(*_LISTED, stretch.unit_id)
    chosen = shown.outerjoin_from(_FINDING, stretch, present).where(_FINDING.kind == query.kind.value)
    if query.eligible is not None:
        chosen = chosen.where(_FINDING.eligible == query.eligible)
    if query.unit_id is not None:
        chosen = chosen.where(stretch.unit_id == query.unit_id)
    if query.missing is not None:
        chosen = chosen.where(_FINDING.missing.op("@>")(func.jsonb_build_array(cast(query.missing, Text))))
    return fetch_page(tx, chosen, EligiblePersonView, query.page, _FINDING.employee_id)
