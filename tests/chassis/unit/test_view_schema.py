"""Views document themselves: the schema is made from the dataclass."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import pytest
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from msgspec import Meta

from chassis.http.view_schema import schema_of
from chassis.pagination import Page
from chassis.views import decode_as, encode, view_of


class Colour(StrEnum):
    RED = "RED"
    BLUE = "BLUE"


@dataclass(frozen=True)
class CopyView:
    number: int


@dataclass(frozen=True)
class BookView:
    """A book as the desk shows it."""

    id: UUID
    title: Annotated[str, Meta(description="as printed", examples=["Siti Nurbaya"])]
    lent_at: datetime | None
    price: Decimal
    colour: Colour | None
    kind: Literal["BOOK", "MAP"]
    tags: tuple[str, ...]
    copies: list[CopyView]
    best: CopyView | None
    counts: dict[str, int]
    more: dict[str, Any]
    due: date | None = None
    lost: bool = False


def document(kind):
    spec = APISpec("x", "1", "3.1.0", plugins=[MarshmallowPlugin()])
    spec.components.schema(schema_of(kind).__name__, schema=schema_of(kind))
    return spec.to_dict()["components"]["schemas"]


def test_types_nullability_and_meaning_come_from_the_annotations():
    book = document(BookView)["Book"]
    fields = book["properties"]
    assert sorted(book["required"]) == sorted(fields)
    assert fields["id"] == {"type": "string", "format": "uuid"}
    assert fields["title"] == {"type": "string", "description": "as printed", "example": "Siti Nurbaya"}
    assert fields["lent_at"] == {"type": ["string", "null"], "format": "date-time"}
    assert fields["price"] == {"type": "string", "format": "decimal"}
    assert set(fields["colour"]["enum"]) == {"RED", "BLUE", None}
    assert fields["kind"]["enum"] == ["BOOK", "MAP"]
    assert fields["tags"] == {"type": "array", "items": {"type": "string"}}
    assert fields["copies"]["items"] == {"$ref": "#/components/schemas/Copy"}
    assert fields["counts"] == {"type": "object", "additionalProperties": {"type": "integer"}}
    assert fields["lost"] == {"type": "boolean"}


def test_a_page_is_named_after_its_items():
    page = document(Page[CopyView])["CopyPage"]
    assert page["properties"]["items"]["items"] == {"$ref": "#/components/schemas/Copy"}
    assert page["properties"]["next_cursor"]["type"] == ["string", "null"]


def test_what_cannot_be_documented_is_refused():
    with pytest.raises(TypeError, match="not a dataclass"):
        schema_of(int)


def test_a_view_is_encoded_as_it_is_documented():
    copy = CopyView(1)
    book = BookView(
        UUID(int=7), "x", datetime(2026, 1, 1, tzinfo=UTC), Decimal("1.50"), None, "BOOK", ("a",), [copy], copy, {}, {}
    )
    body = encode(book)
    assert b'"price":"1.50"' in body
    assert b'"lent_at":"2026-01-01T00:00:00Z"' in body
    assert decode_as(body, BookView) == book


def test_an_answer_that_is_not_its_view_is_found():
    with pytest.raises(msgspec.ValidationError):
        decode_as(b'{"number":"one"}', CopyView)


def test_a_view_takes_its_fields_by_name():
    @dataclass(frozen=True)
    class Copy:
        number: int
        secret: str

    assert view_of(CopyView, Copy(3, "s")) == CopyView(3)
    assert view_of(CopyView, Copy(3, "s"), number=4) == CopyView(4)
