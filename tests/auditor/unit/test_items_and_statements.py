"""What the person stated, what was reported of a study, and the items, beside what was frozen of them."""

import pytest

from appraisal.domain.canonical import digest_of
from tests.auditor.files import a_year
from tests.auditor.unit.test_verify import differing, sealed

ITEM = {"work_result_id": None, "behaviour_value": "BP", "realisation": "", "remark": "Melayani"}
ITEM = {**ITEM, "progress_ids": [], "feedback_ids": []}


@pytest.mark.parametrize("name", ["own_realisations", "study_reports"])
def test_what_was_stated_and_reported_is_what_the_basis_has(name):
    explanation = a_year()["explanation"]
    last = explanation["bases"][-1]
    last["content"][name] = [{"version": 1}]
    last["sha256"] = digest_of(last["content"])
    explanation["inputs"][name] = [{"version": 1}]
    assert differing(sealed(explanation)) == set()
    explanation["inputs"][name] = [{"version": 2}]
    assert differing(sealed(explanation)) == {"inputs_in_basis"}


@pytest.mark.parametrize(
    ("items", "number", "found"),
    [
        ([], None, set()),
        ([ITEM], 1, {"items_in_basis"}),
        ([ITEM], None, {"items_in_basis"}),
        ([], [], {"items_in_basis"}),
        ("?", {}, {"items_in_basis"}),
        ([ITEM], 99, set()),
    ],
)
def test_items_that_no_basis_has_are_a_difference_unless_their_rating_has_none(items, number, found):
    explanation = {**a_year()["explanation"], "items": items, "items_revision": number}
    assert differing(sealed(explanation)) == found
