"""The dated table of amounts per job class."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on, insert

from chassis.records import among, columns_of, fetch_all, insert_records, table_of
from chassis.unit_of_work import Transaction
from directory.people import Agency
from incentive.domain.class_amount import (
    USUAL_HIGHEST_CLASS,
    ClassAmountRow,
    ClassAmountView,
    ClassOnDay,
    DatedAmounts,
    NewAmount,
)
from incentive.persistence import models

_AMOUNT = models.ClassAmount
_COLUMNS = columns_of(_AMOUNT, ClassAmountView)


def keep_highest_class(tx: Transaction, agency: Agency) -> None:
    """Keep the agency's highest job class, as personnel published it."""
    if agency.highest_job_class is not None:
        row = {"agency_id": tx.agency_id, "highest": agency.highest_job_class}
        query = insert(table_of(models.AgencyJobClasses)).values(row)
        tx.session.execute(
            query.on_conflict_do_update(index_elements=["agency_id"], set_={"highest": query.excluded.highest})
        )


def highest_class(tx: Transaction) -> int:
    """Return the agency's highest job class; the usual one until personnel has published it."""
    found = tx.session.execute(select(models.AgencyJobClasses.highest)).scalar_one_or_none()
    return USUAL_HIGHEST_CLASS if found is None else found


def amounts_on(tx: Transaction, day: date) -> dict[int, ClassAmountView]:
    """Return the amounts that hold on a day, by class."""
    query = (
        select(*_COLUMNS)
        .ext(distinct_on(_AMOUNT.job_class))
        .where(_AMOUNT.effective_from <= day)
        .order_by(_AMOUNT.job_class, _AMOUNT.effective_from.desc(), _AMOUNT.revision.desc())
    )
    return {found.job_class: found for found in fetch_all(tx, query, ClassAmountView)}


def amounts_between(tx: Transaction, first_day: date, last_day: date) -> DatedAmounts:
    """Return the tables of amounts that hold from a day to a day, each with the day from which it does."""
    later = (
        select(_AMOUNT.effective_from)
        .distinct()
        .where(_AMOUNT.effective_from > first_day, _AMOUNT.effective_from <= last_day)
    )
    days = [first_day, *tx.session.scalars(later.order_by(_AMOUNT.effective_from))]
    return DatedAmounts(tuple((day, amounts_on(tx, day)) for day in days))


def store_amounts(
    tx: Transaction, amounts: Mapping[ClassOnDay, NewAmount], legal_source: str, entered_by: UUID | None
) -> list[date]:
    """Store what differs as a further revision. Return the days whose amounts have changed."""
    if not amounts:
        return []
    days = {key.effective_from for key in amounts}
    query = (
        select(*_COLUMNS)
        .ext(distinct_on(_AMOUNT.job_class, _AMOUNT.effective_from))
        .where(among(_AMOUNT.effective_from, sorted(days)))
        .order_by(_AMOUNT.job_class, _AMOUNT.effective_from, _AMOUNT.revision.desc())
    )
    current = {ClassOnDay(row.job_class, row.effective_from): row for row in fetch_all(tx, query, ClassAmountView)}
    rows = [
        ClassAmountRow(
            job_class=key.job_class,
            amount=new.amount,
            effective_from=key.effective_from,
            revision=current[key].revision + 1 if key in current else 1,
            legal_source=legal_source,
            verified=new.verified,
            entered_by=entered_by,
        )
        for key, new in sorted(amounts.items(), key=lambda item: item[0])
        if key not in current or current[key].amount != new.amount
    ]
    insert_records(tx, _AMOUNT, rows, entered_at=tx.now)
    return sorted({row.effective_from for row in rows})
