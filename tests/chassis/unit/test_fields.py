"""Fields of request schemas that all services share."""

import pytest

from chassis.http import Schema, fields


class Note(Schema):
    note = fields.optional_text(5)


@pytest.mark.parametrize(
    ("sent", "loaded"),
    [({}, ""), ({"note": ""}, ""), ({"note": "   "}, ""), ({"note": "\t\n"}, ""), ({"note": " a "}, " a ")],
)
def test_spaces_alone_are_no_text(sent, loaded):
    assert Note().load(sent) == {"note": loaded}


@pytest.mark.parametrize("sent", [None, 1, "a" * 6])
def test_what_is_no_optional_text_is_refused(sent):
    assert "note" in Note().validate({"note": sent})
