"""Each single value of a right file is changed: the hash finds it, and where a forger makes the hash anew, a rule does.

What no rule can know is listed, exactly: a value that turns out to be known after all fails the test too.
"""

import json

import pytest

from suar_auditor.checks.seals import check_seals
from suar_auditor.findings import Result
from suar_auditor.reading import FileMalformed, parse
from suar_auditor.verify import verify
from tests.auditor.files import a_lowered_year, a_quarter, a_year, changed, leaves
from tests.auditor.tampering import altered, forged, pattern

IN_BASIS = "explanation.bases.*.content."
# In any file: words, ids of things that are not in it, officials, and moments that only have to be in order.
UNKNOWABLE = {
    "agency",
    "exported_at",
    "explanation.finished.capacity",
    "explanation.finished.employee_id",
    "explanation.finished.order_reference",
    "explanation.reroutings.*.appraiser_id",
    "explanation.reroutings.*.at",
    "explanation.reroutings.*.reviewer_id",
    "explanation.rights.text",
    "explanation.rule.text",
}
# With a basis: who made a rating (it names nobody), and what nothing else in the file repeats.
WITH_BASES = {
    "explanation.history.*.decided_by",
    "explanation.orders.*.proposed_at",
    "explanation.orders.*.proposed_by",
    "explanation.orders.*.proposed_capacity",
    *(IN_BASIS + name for name in (
        "dialogue_ids.*", "items", "objections.*.examinations", "objections.*.id",
        "objections.*.revision", "objections.*.stated_at", "objections.*.statement_sha256", "plan.sha256",
        "period.first_day_in_service", "period.last_day_in_service",
        "progress.*.day", "progress.*.id", "progress.*.recorded_at",
    )),
}  # fmt: skip
# Of an objection and of what moved deadlines: ids, orders and moments.
WITH_MOVED = {
    "explanation.rights.objection_id",
    *(f"explanation.rights.moved.*.{name}" for name in ("order_reference", "outage_id", "set_at")),
}
# Of an earlier revision the explanation shows no inputs, so its basis stands alone, but for predicates and rules.
OF_EARLIER_BASES = {
    IN_BASIS + name for name in (
        "feedback.*.answer", "feedback.*.behaviour_value", "feedback.*.evidence_link", "feedback.*.given_at",
        "feedback.*.giver_role", "feedback.*.id", "feedback.*.text", "feedback.*.work_result_id",
        "periodic_evaluations.*.behaviour", "periodic_evaluations.*.evaluation_id", "periodic_evaluations.*.month",
        "periodic_evaluations.*.quarter", "periodic_evaluations.*.revision", "plans_of_the_year.*.active_version", "plans_of_the_year.*.first_day",
        "plans_of_the_year.*.last_day", "plans_of_the_year.*.plan_id", "plans_of_the_year.*.state",
        "plans_of_the_year.*.unit_id", "progress.*.has_evidence", "progress.*.quantity", "progress.*.work_result_id",
        "segment_ratings.*.appraiser_id", "segment_ratings.*.behaviour", "segment_ratings.*.behaviour_note",
        "segment_ratings.*.capacity", "segment_ratings.*.employee_id", "segment_ratings.*.first_day",
        "segment_ratings.*.id", "segment_ratings.*.last_day", "segment_ratings.*.order_reference",
        "segment_ratings.*.plan_id", "segment_ratings.*.plan_version", "segment_ratings.*.rated_at",
        "segment_ratings.*.rated_by", "segment_ratings.*.unit_id", "segment_ratings.*.work_result_note",
    )
}  # fmt: skip
# Without a basis nothing repeats the inputs, the reasons and the id of an evaluation.
WITHOUT_BASES = {
    "explanation.evaluation_id",
    "explanation.history.*.order_reference",
    "explanation.history.*.reason",
    *(f"explanation.inputs.{name}" for name in (
        "feedback.*.answer", "feedback.*.behaviour_value", "feedback.*.evidence_link", "feedback.*.given_at",
        "feedback.*.giver_role", "feedback.*.id", "feedback.*.text", "feedback.*.work_result_id",
        "plans_of_the_year.*.active_version", "plans_of_the_year.*.first_day", "plans_of_the_year.*.last_day",
        "plans_of_the_year.*.state", "plans_of_the_year.*.unit_id", "realisation.*.entries",
        "realisation.*.evidence_links", "realisation.*.quantity", "realisation.*.work_result_id",
    )),
}  # fmt: skip
FILES = [
    (a_year, UNKNOWABLE | WITH_BASES | WITH_MOVED | OF_EARLIER_BASES),
    (a_lowered_year, UNKNOWABLE | WITH_BASES | OF_EARLIER_BASES),
    (a_quarter, UNKNOWABLE | WITHOUT_BASES),
]
each_file = pytest.mark.parametrize(("make", "unknowable"), FILES, ids=lambda one: getattr(one, "__name__", ""))


def read(file):
    """Return the file, or None for one that cannot be checked: that is found, too."""
    try:
        return parse(json.dumps(file).encode())
    except FileMalformed:
        return None


def is_found(file):
    found = read(file)
    return found is None or any(one.result is Result.DIFFERS for one in verify(found))


def changes(file):
    for path, value in leaves(file):
        for other in altered(path, value):
            yield path, changed(file, path, other)


@each_file
def test_a_right_file_is_right(make, unknowable):
    assert [one for one in verify(read(make())) if one.result is Result.DIFFERS] == []


@each_file
def test_the_hash_finds_each_change(make, unknowable):
    for path, file in changes(make()):
        found = read(file)
        assert found is None or [one.result for one in check_seals(found)] == [Result.DIFFERS], path


@each_file
def test_a_rule_finds_each_change_whose_hashes_were_made_anew(make, unknowable):
    missed = {pattern(path) for path, file in changes(make()) if not is_found(forged(file, path))}
    assert missed == unknowable
