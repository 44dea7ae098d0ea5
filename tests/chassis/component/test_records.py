"""Frozen dataclasses go in and out of tables by the names of their fields."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest
from desk.core import Loan
from msgspec import UNSET, UnsetType
from sqlalchemy import event, select

from chassis.errors import VersionConflict
from chassis.ids import new_id
from chassis.pagination import PageRequest, decode_cursor, page_of
from chassis.records import (
    columns_of,
    fetch_all,
    fetch_one,
    fetch_page,
    insert_record,
    insert_records,
    keyset,
    matching,
    save_record,
    update_record,
    values_of,
)


@dataclass(frozen=True)
class Borrowed:
    id: UUID
    title: str
    version: int = 1
    is_long: bool = False


COLUMNS = columns_of(Loan, Borrowed)


def load(tx, loan_id):
    query = select(*COLUMNS, (Loan.title > "m").label("is_long")).where(Loan.id == loan_id)
    return fetch_one(tx, query, Borrowed)


@pytest.fixture
def tx(desk, agency):
    with desk.work.transaction(agency) as transaction:
        yield transaction


def test_columns_are_those_that_the_dataclass_names():
    assert [column.name for column in COLUMNS] == ["id", "title", "version"]


def test_what_is_inserted_is_fetched_with_what_the_query_adds(tx):
    loan = Borrowed(new_id(), "Bumi Manusia")
    insert_record(tx, Loan, loan)
    assert load(tx, loan.id) == replace(loan, is_long=False)
    assert load(tx, new_id()) is None


def test_an_update_raises_the_version_and_touches_no_other_row(tx):
    loan, other = Borrowed(new_id(), "a"), Borrowed(new_id(), "b")
    insert_records(tx, Loan, [loan, other])
    update_record(tx, Loan, loan, replace(loan, title="c"))
    assert (load(tx, loan.id).title, load(tx, loan.id).version) == ("c", 2)
    assert load(tx, other.id) == other


def test_an_update_of_what_changed_meanwhile_is_refused(tx):
    loan = Borrowed(new_id(), "a")
    insert_record(tx, Loan, loan)
    update_record(tx, Loan, loan, replace(loan, title="b"))
    with pytest.raises(VersionConflict):
        update_record(tx, Loan, loan, replace(loan, title="c"))
    assert load(tx, loan.id).title == "b"


def test_nothing_to_insert_asks_the_database_nothing(tx):
    asked = []
    event.listen(tx.session.connection(), "before_cursor_execute", lambda *_: asked.append(1))
    insert_records(tx, Loan, [])
    assert not asked
    insert_records(tx, Loan, [Borrowed(new_id(), "a")])
    assert len(asked) == 1


def test_pages_follow_each_other_without_gap_or_repeat(tx):
    titles = ["b", "a", "c", "a", "d"]
    loans = [Borrowed(new_id(), title) for title in titles]
    insert_records(tx, Loan, loans)
    for descending in (False, True):
        seen, request = [], PageRequest(2)
        while True:
            query = keyset(select(*COLUMNS), request, Loan.title, Loan.id, descending=descending)
            page = page_of(fetch_all(tx, query, Borrowed), request, lambda loan: (loan.title, loan.id))
            seen += page.items
            if page.next_cursor is None:
                break
            request = PageRequest(2, decode_cursor(page.next_cursor))
        assert seen == sorted(loans, key=lambda loan: (loan.title, loan.id), reverse=descending)


def test_a_saved_record_overwrites_its_own_columns_and_no_others(tx):
    loan = Borrowed(new_id(), "a")
    save_record(tx, Loan, loan)
    save_record(tx, Loan, Titled(loan.id, "b"))
    assert load(tx, loan.id) == replace(loan, title="b")
    save_record(tx, Loan, replace(loan, title="c", version=7))
    assert load(tx, loan.id) == replace(loan, title="c", version=7)


def test_a_nested_dataclass_becomes_what_a_json_column_holds():
    assert values_of(Loan, Noted(UUID(int=1), Note("a"))) == {"id": UUID(int=1), "title": {"text": "a", "on": None}}


@dataclass(frozen=True)
class Note:
    text: str
    on: date | None = None
    page: int | UnsetType = UNSET


@dataclass(frozen=True)
class Noted:
    id: UUID
    title: Note


@dataclass(frozen=True)
class Titled:
    id: UUID
    title: str


@dataclass(frozen=True)
class ListLoans:
    page: PageRequest = PageRequest()
    title: str | None = None
    version: int | None = None
    weight: int | None = None


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (ListLoans(), ["a", "b", "c"]),
        (ListLoans(title=""), ["a", "b", "c"]),
        (ListLoans(weight=3), ["a", "b", "c"]),
        (ListLoans(title="b"), ["b"]),
        (ListLoans(version=1), ["a", "c"]),
        (ListLoans(title="b", version=1), []),
    ],
)
def test_a_list_is_narrowed_by_what_is_given_and_is_a_column(tx, wanted, titles):
    insert_records(tx, Loan, [Borrowed(new_id(), "a"), Borrowed(new_id(), "b", version=2), Borrowed(new_id(), "c")])
    query = matching(select(*COLUMNS), Loan, wanted).order_by(Loan.title)
    assert [loan.title for loan in fetch_all(tx, query, Borrowed)] == titles


def test_a_page_ends_where_the_next_begins(tx):
    insert_records(tx, Loan, [Borrowed(new_id(), title) for title in "abc"])
    first = fetch_page(tx, select(*COLUMNS), Borrowed, PageRequest(2), Loan.title, Loan.id, descending=True)
    rest = PageRequest(2, decode_cursor(first.next_cursor))
    last = fetch_page(tx, select(*COLUMNS), Borrowed, rest, Loan.title, Loan.id, descending=True)
    assert ([loan.title for loan in first.items], [loan.title for loan in last.items]) == (["c", "b"], ["a"])
    assert last.next_cursor is None
