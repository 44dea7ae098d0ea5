"""The content of a basis: its fixed form, its sums, and how a change is found."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import msgspec
import pytest

from appraisal.domain.canonical import digest_of
from appraisal.domain.evaluation import RatingRecord
from appraisal.domain.evaluation_item import EvaluationItem
from appraisal.domain.rating_basis import FrozenBasis, RatedRevision, RatingBasis, bases_shown, basis_of
from appraisal.domain.rating_inputs import GatheredInputs, LoggedWork, RatingInputs
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import Capacity
from appraisal.persistence.rules import own_book
from tests.appraisal.unit.test_evaluation import an_evaluation

NOW = datetime(2026, 7, 6, 3, tzinfo=UTC)
RESULTS = UUID(int=1), UUID(int=2)
SETTING = AgencySetting("Asia/Jakarta", own_book(()), date(2026, 7, 6))
FIELDS = {
    "format", "evaluation_id", "revision", "rated_at", "period", "plan", "rating", "rule", "correction_order_id",
    "items", "plans_of_the_year", "progress", "feedback", "periodic_evaluations", "segment_ratings",
    "dialogue_ids", "objections", "own_realisations", "study_reports", "segment_bases",
}  # fmt: skip


def entry(number, result, quantity=None, *, evidence=False):
    given = None if quantity is None else Decimal(quantity)
    return LoggedWork(UUID(int=number), RESULTS[result], date(2026, 4, number), given, NOW, has_evidence=evidence)


LOG = (entry(1, 1, "2.50", evidence=True), entry(2, 0), entry(3, 1, "1"), entry(4, 1))


def a_rated(**changes):
    evaluation = an_evaluation("PERIODIC", "FINAL")
    record = RatingRecord.of(evaluation, evaluation.rated_by, Capacity.APPRAISER, "permenpanrb-6-2022", NOW)
    return replace(RatedRevision(evaluation, record), **changes)


def frozen(rated):
    inputs = GatheredInputs((), LOG, (), (), (), (), (), plan_sha256="a" * 64)
    return FrozenBasis.of(RatingBasis.of(SETTING, rated, inputs))


def test_the_log_is_summed_by_work_result():
    sums = RatingInputs((), LOG, (), (), (), (), ()).realisation
    assert [(one.work_result_id, one.entries, one.quantity, one.evidence_links) for one in sums] == [
        (RESULTS[0], 1, None, 0),
        (RESULTS[1], 3, Decimal("3.50"), 1),
    ]


def test_the_content_is_plain_json_has_its_hash_and_reads_back():
    rated = a_rated(
        items=(EvaluationItem(work_result_id=RESULTS[0], realisation="120 usul", progress_ids=(UUID(int=2),)),)
    )
    one = frozen(rated)
    assert set(one.content) == FIELDS
    assert msgspec.json.decode(msgspec.json.encode(one.content)) == one.content
    assert one.sha256 == digest_of(one.content)
    basis = basis_of([one], rated.record)
    assert basis is not None
    assert (basis.items, basis.progress, basis.format) == (rated.items, LOG, 1)
    assert one.content["items"][0]["realisation"] == "120 usul"


def test_it_holds_neither_the_employee_nor_the_officials():
    rated = a_rated()
    people = {str(rated.evaluation.employee_id), str(rated.evaluation.appraiser_id), str(rated.record.decided_by)}
    assert not [person for person in people if person in str(frozen(rated).content)]


@pytest.mark.parametrize(
    "change",
    [
        {"predicate": "VERY_GOOD"},
        {"reason": "lain"},
        {"revision": 2},
        {"at": datetime(2026, 7, 7, tzinfo=UTC)},
        {"rule_version": "lain"},
        {"plan_version": 7},
    ],
)
def test_a_rating_that_says_something_else_than_its_basis_is_found(change):
    rated = a_rated()
    one = frozen(rated)
    assert one.is_intact(rated.record)
    assert not one.is_intact(replace(rated.record, **change))
    assert not one.is_intact(None)


def test_a_basis_of_a_later_format_is_shown_and_not_read():
    rated = a_rated()
    content = {**frozen(rated).content, "format": 2}
    later = replace(frozen(rated), content=content, sha256=digest_of(content))
    assert basis_of([later], rated.record) is None
    (shown,) = bases_shown([later], [rated.record])
    assert (shown.content, shown.sha256) == (content, later.sha256)
