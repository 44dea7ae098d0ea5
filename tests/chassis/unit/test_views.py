"""Views are made of objects by the names of their fields."""

import json
from dataclasses import dataclass
from uuid import UUID

import pytest

from chassis.bus.envelope import Event, IntegrationEvent
from chassis.errors import NotFound, required
from chassis.views import view_of


@dataclass(frozen=True)
class Rating:
    level: str
    note: str


@dataclass(frozen=True)
class Evaluation:
    id: int
    note: str


@dataclass(frozen=True)
class RatedView:
    id: int
    level: str
    note: str


def test_a_field_comes_from_what_is_given_else_from_the_first_object_that_has_it():
    evaluation, rating = Evaluation(1, "of the evaluation"), Rating("ABOVE", "of the rating")
    assert view_of(RatedView, evaluation, rating) == RatedView(1, "ABOVE", "of the evaluation")
    assert view_of(RatedView, rating, evaluation) == RatedView(1, "ABOVE", "of the rating")
    assert view_of(RatedView, rating, id=2, note="said") == RatedView(2, "ABOVE", "said")


def test_a_field_that_no_object_has_is_an_error():
    with pytest.raises(AttributeError, match="level"):
        view_of(RatedView, Evaluation(1, ""), Evaluation(2, ""))


def test_what_is_required_is_returned_or_named():
    assert required(0, "angka", 1) == 0
    with pytest.raises(NotFound, match="SKP dengan pengenal 7"):
        required(None, "SKP", 7)
    with pytest.raises(NotFound, match="Data SKP tidak ditemukan"):
        required(None, "SKP", UUID(int=7))


def test_an_event_says_its_name_its_producer_and_its_subject():
    @dataclass(frozen=True, kw_only=True)
    class LoanLent(IntegrationEvent, subject="title"):
        title: str

    assert ("LoanLent", __name__.split(".")[0]) == (LoanLent.NAME, LoanLent.PRODUCER)
    assert LoanLent(title="Bumi Manusia").subject == "Bumi Manusia"


def event(**data):
    body = {"id": "0196f000-0000-7000-8000-000000000000", "source": "/suar/x", "type": "X", "subject": "s"}
    more = {"dataschema": "/contracts/events/x/X.v1.schema.json", "agency": "a", "sequence": 1}
    return Event.parse(json.dumps({**body, **more, "time": "2026-01-01T00:00:00+00:00", "data": data}))


def test_what_is_read_of_an_event_are_the_fields_that_are_named():
    assert event(level="ABOVE", note="", more="later").read(Rating) == Rating("ABOVE", "")
    assert event(level="ABOVE", note="").read(Rating, note="said") == Rating("ABOVE", "said")


@pytest.mark.parametrize("data", [{"level": "ABOVE"}, {"level": 1, "note": ""}, {"level": None, "note": ""}])
def test_an_event_with_a_field_missing_or_wrong_is_not_read(data):
    with pytest.raises(ValueError, match=r"note|level"):
        event(**data).read(Rating)
