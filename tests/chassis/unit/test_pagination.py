"""Pages: one cursor for every list."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import InvalidInput
from chassis.pagination import PageRequest, decode_cursor, encode_cursor, page_of

ID = UUID("01900000-0000-7000-8000-000000000001")
MOMENT = datetime(2026, 7, 6, 9, 30, tzinfo=UTC)


def test_the_first_page_starts_nowhere():
    assert PageRequest(10).after(UUID) is None


def test_a_cursor_leads_back_to_the_key_of_the_last_item():
    page = page_of([ID, ID, ID], PageRequest(2), lambda item: (MOMENT, item))
    assert page.items == [ID, ID]
    request = PageRequest(2, decode_cursor(page.next_cursor))
    assert request.after(datetime, UUID) == (MOMENT, ID)


def test_the_last_page_has_no_cursor():
    assert page_of([1, 2], PageRequest(2), lambda item: item).next_cursor is None


@given(
    st.lists(
        st.one_of(st.none(), st.integers(-(2**62), 2**62), st.text(st.characters(exclude_characters="\x00"))),
        min_size=1,
        max_size=4,
    )
)
def test_every_plain_position_survives_the_way(position):
    try:
        "".join(value for value in position if isinstance(value, str)).encode()
    except UnicodeEncodeError:
        return
    assert decode_cursor(encode_cursor(position)) == tuple(position)


@pytest.mark.parametrize(
    "cursor", ["", "x", "e30", "W10", "bnVsbA", "WzEuNV0", "W3RydWVd", "WyJcdTAwMDAiXQ", "é" * 9, "[" * 99]
)
def test_what_is_no_cursor_is_refused(cursor):
    with pytest.raises(InvalidInput) as caught:
        decode_cursor(cursor)
    (fault,) = caught.value.errors
    assert (fault.field, fault.code, fault.value) == ("cursor", "cursor_invalid", cursor)


@pytest.mark.parametrize(
    ("position", "kinds"),
    [
        (("no id",), (UUID,)),
        ((7,), (UUID,)),
        (("7",), (int,)),
        ((str(ID), 1), (UUID,)),
        (("2026-07-06T09:30:00",), (datetime,)),
        (("2026-13-01",), (date,)),
        ((5,), (str,)),
    ],
)
def test_a_cursor_of_another_list_is_refused(position, kinds):
    with pytest.raises(InvalidInput):
        PageRequest(10, position).after(*kinds)
