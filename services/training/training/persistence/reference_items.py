"""Reference items of the library."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import func, select

from chassis.errors import required
from chassis.pagination import Page
from chassis.records import columns_of, fetch_all, fetch_one, fetch_page, insert_record, matching, update_record
from chassis.unit_of_work import Transaction
from training.domain.reference_item import ReferenceItem, SearchLibrary
from training.persistence import models
from training.persistence.locked_rows import contains, update_locked

_ITEM = columns_of(models.ReferenceItem, ReferenceItem)
_MOST_SUGGESTED = 200


def load_item(tx: Transaction, item_id: UUID) -> ReferenceItem:
    """Return an item. Raise NotFound."""
    found = fetch_one(tx, select(*_ITEM).where(models.ReferenceItem.id == item_id), ReferenceItem)
    return required(found, "bahan pustaka", item_id)


def lock_item(tx: Transaction, item_id: UUID) -> ReferenceItem:
    """Return an item and lock its row: copies, loans and holds change under this lock. Raise NotFound."""
    query = select(*_ITEM).where(models.ReferenceItem.id == item_id).with_for_update()
    return required(fetch_one(tx, query, ReferenceItem), "bahan pustaka", item_id)


def lock_active_item(tx: Transaction, item_id: UUID) -> ReferenceItem:
    """Like `lock_item`. Raise NotFound also for an item that is out of use."""
    item = lock_item(tx, item_id)
    return required(item if item.active else None, "bahan pustaka", item_id)


def lock_item_of_code(tx: Transaction, code: str) -> ReferenceItem | None:
    """Return the item of a code and lock its row, or None."""
    query = select(*_ITEM).where(models.ReferenceItem.code == code).with_for_update()
    return fetch_one(tx, query, ReferenceItem)


def is_code_taken(tx: Transaction, code: str) -> bool:
    return tx.session.scalar(select(models.ReferenceItem.id).where(models.ReferenceItem.code == code)) is not None


def insert_item(tx: Transaction, item: ReferenceItem) -> None:
    insert_record(tx, models.ReferenceItem, item)


def update_item(tx: Transaction, before: ReferenceItem, after: ReferenceItem) -> ReferenceItem:
    """Save a change and return the item with its new version. Raise VersionConflict."""
    update_record(tx, models.ReferenceItem, before, after)
    return replace(after, version=before.version + 1)


def update_copies(tx: Transaction, before: ReferenceItem, after: ReferenceItem) -> None:
    """Save the copies lent and reserved; the version stays, for the catalogue's entry has not changed."""
    update_locked(tx, models.ReferenceItem, before, after)


def items_for(tx: Transaction, competency_code: str) -> list[ReferenceItem]:
    """Return active items on a competency."""
    model = models.ReferenceItem
    query = select(*_ITEM).where(contains(model.competency_codes, competency_code), model.active)
    return fetch_all(tx, query.order_by(model.id).limit(_MOST_SUGGESTED), ReferenceItem)


def search_items(tx: Transaction, wanted: SearchLibrary) -> Page[ReferenceItem]:
    """Return active items, the newest first; `text` is words of title, author and subject."""
    model = models.ReferenceItem
    query = matching(select(*_ITEM).where(model.active), model, wanted)
    if wanted.text:
        words = func.websearch_to_tsquery("simple", wanted.text)
        query = query.where(model.words.op("@@")(words))
    if wanted.competency_code:
        query = query.where(contains(model.competency_codes, wanted.competency_code))
    return fetch_page(tx, query, ReferenceItem, wanted.page, model.id, descending=True)
