"""What a run adds to what earlier ones have opened, and the periods that come before one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from appraisal.domain.anomaly import (
    LEAST,
    MOST,
    Anomaly,
    AnomalyKind,
    AnomalyState,
    AnomalyThresholds,
    Found,
    KnownAnomaly,
    SearchedKind,
    changes_of,
    with_earlier,
)
from appraisal.domain.anomaly_views import sentence_of
from appraisal.domain.oversight_errors import AnomalyMoveRefused
from appraisal.domain.periods import Period
from appraisal.domain.rules import RuleKind, problem_of
from appraisal.persistence.rules import national_rules
from chassis.ids import new_id

NOW = datetime(2026, 5, 4, 2, tzinfo=UTC)
QUARTER = Period.of(2026, 1)
SEARCHED = SearchedKind(AnomalyKind.NO_EVIDENCE, QUARTER, "default-2022")
OFFICIAL, INSPECTOR = new_id(), new_id()
DEFAULTS = next(one.value for one in national_rules() if one.kind is RuleKind.ANOMALY)


def found(*people, subject="official:a"):
    """Evaluations of these people; each is its own evaluation."""
    return [Found(subject, OFFICIAL, one, one) for one in people]


def run(found, *known):
    return changes_of(SEARCHED, found, known, NOW)


def opened(*people, subject="official:a"):
    (change,) = run(found(*people, subject=subject))
    return KnownAnomaly(change.after, change.added)


def looked_at(known):
    return replace(known, anomaly=known.anomaly.looked_into(INSPECTOR, "Sudah diperiksa", NOW))


def test_a_new_pattern_is_opened_once_with_all_that_it_rests_on():
    siti, budi = new_id(), new_id()
    (change,) = run([*found(siti, budi), *found(siti)])
    assert change.before is None
    assert change.added == {siti: siti, budi: budi}
    one = change.after
    assert (one.kind, one.year, one.quarter, one.month) == ("NO_EVIDENCE", 2026, 1, None)
    assert (one.official_id, one.evaluations, one.people, one.state) == (OFFICIAL, 2, 2, "OPEN")
    assert run(found(siti, budi), opened(siti, budi)) == []


def test_an_open_one_grows_and_never_shrinks():
    siti, budi = new_id(), new_id()
    known = opened(siti)
    (change,) = run(found(siti, budi), known)
    assert (change.before, change.added) == (known.anomaly, {budi: budi})
    assert (change.after.id, change.after.evaluations, change.after.people) == (known.anomaly.id, 2, 2)
    assert run(found(siti), opened(siti, budi)) == []
    assert run([], opened(siti)) == []


def test_what_was_looked_at_stays_and_only_what_nobody_has_looked_at_is_opened_anew():
    siti, budi, rina = new_id(), new_id(), new_id()
    known = looked_at(opened(siti, budi))
    assert run(found(siti, budi), known) == []
    assert run(found(siti), known) == []
    (change,) = run(found(siti, budi, rina), known)
    assert (change.before, change.after.state, change.after.evaluations) == (None, AnomalyState.OPEN, 3)
    assert change.after.id != known.anomaly.id
    again = looked_at(KnownAnomaly(change.after, change.added))
    assert run(found(siti, budi, rina), known, again) == []


def test_patterns_of_other_subjects_do_not_mix():
    siti = new_id()
    (change,) = run(found(siti, subject="official:b"), looked_at(opened(siti)))
    assert change.after.subject == "official:b"


def test_an_anomaly_is_looked_at_once():
    known = opened(new_id()).anomaly
    done = known.looked_into(INSPECTOR, "Wajar: tim kecil", NOW)
    assert (done.state, done.looked_at_by, done.looked_at, done.remark) == (
        "LOOKED_AT",
        INSPECTOR,
        NOW,
        "Wajar: tim kecil",
    )
    with pytest.raises(AnomalyMoveRefused) as refused:
        done.looked_into(INSPECTOR, "x", NOW)
    assert "berstatus LOOKED_AT" in refused.value.detail


@pytest.mark.parametrize("kind", AnomalyKind)
@pytest.mark.parametrize("official", [OFFICIAL, None])
def test_what_people_read_names_numbers_and_accuses_nobody(kind, official):
    one = Anomaly(new_id(), kind, 2026, 1, None, "x", official, 12, 7, "v", AnomalyState.OPEN, NOW)
    sentence = sentence_of(one)
    assert "12" in sentence or "7 orang" in sentence
    assert sentence.endswith("Patut diperiksa; ini bukan tuduhan, dan mungkin ada penjelasannya.")


@pytest.mark.parametrize(
    ("period", "count", "earlier"),
    [
        (Period.of(2026, 1), 1, ["2026 triwulan 1"]),
        (Period.of(2026, 2), 4, ["2025 triwulan 3", "2025 triwulan 4", "2026 triwulan 1", "2026 triwulan 2"]),
        (Period.of(2026, month=2), 3, ["2025 bulan 12", "2026 bulan 1", "2026 bulan 2"]),
        (Period.of(2026), 3, ["2024", "2025", "2026"]),
    ],
)
def test_the_periods_before_one_are_of_its_kind_and_follow_each_other(period, count, earlier):
    assert [str(one) for one in with_earlier(period, count)] == earlier


def test_the_thresholds_are_numbers_within_bounds():
    assert set(DEFAULTS) == set(LEAST) == set(MOST) == set(vars(AnomalyThresholds.parse(DEFAULTS)))
    assert problem_of(RuleKind.ANOMALY, DEFAULTS) is None
    for name in DEFAULTS:
        for number, is_good in (
            (LEAST[name], True),
            (LEAST[name] - 1, False),
            (MOST[name], True),
            (MOST[name] + 1, False),
        ):
            problem = problem_of(RuleKind.ANOMALY, {**DEFAULTS, name: number})
            assert (problem is None) == is_good, (name, number)
            assert is_good or problem == f"{name}: {LEAST[name]} sampai {MOST[name]}"
    assert problem_of(RuleKind.ANOMALY, {"last_people": 3}) is not None
