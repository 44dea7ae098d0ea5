"""Who appraises and reviews whom: a move, a week of Plh., a delegation, a governor, and somebody who has not arrived."""

from datetime import date

import pytest
from sqlalchemy import text

from directory.answers import Capacity, LedUnit, NotKnownYet, Subordinate
from directory.questions import (
    leads_on,
    leads_on_each,
    left_on,
    reachable_on,
    reviewer_on,
    reviewers_on,
    subordinates_on,
    subordinates_on_each,
    superior_on,
    superiors_on,
)
from tests.directory.builders import from_day, unit_from, who

MARCH, APRIL = date(2026, 3, 4), date(2026, 4, 1)
# Rows that this transaction has read of people and their time, by an index or from the first to the last.
_READ = text(
    "SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_xact_user_tables "
    "WHERE relname IN ('directory_person', 'directory_stretch')"
)


@pytest.fixture
def bureau(copy):
    """Siti and Rina of subbagian kinerja under Budi, Budi under Ani, Ani under the governor."""
    copy.receive(
        copy.official("gubernur"),
        copy.person("ani", from_day(unit_id=who("biro"), superior_id=who("gubernur"))),
        copy.person("budi", from_day(superior_id=who("ani"))),
        copy.person("siti"),
        copy.person("rina"),
        copy.person("dewi", from_day(unit_id=who("umum"), superior_id=who("ani"))),
        copy.unit("biro", unit_from(leader_id=who("ani"))),
        copy.unit("kinerja", unit_from(parent_id=who("biro"), leader_id=who("budi"))),
    )
    assert copy.deferred() == []
    return copy


def appraiser(copy, name, day):
    with copy.transaction() as tx:
        found = superior_on(tx, who(name), day)
    return found and (found.superior_id, found.capacity, found.holder_id)


def reviewer(copy, name, day):
    with copy.transaction() as tx:
        found = reviewer_on(tx, who(name), day)
    return found and (found.superior_id, found.capacity, found.holder_id)


def subordinates(copy, name, day):
    with copy.transaction() as tx:
        return {one.employee_id: one for one in subordinates_on(tx, who(name), day)}


def test_the_superior_and_the_reviewer_of_a_day(bureau):
    assert appraiser(bureau, "siti", MARCH) == (who("budi"), Capacity.SUPERIOR, who("budi"))
    assert reviewer(bureau, "siti", MARCH) == (who("ani"), Capacity.SUPERIOR, who("ani"))
    assert set(subordinates(bureau, "budi", MARCH)) == {who("siti"), who("rina")}


def test_a_move_changes_superior_and_reviewer_on_its_day(bureau):
    moved = from_day(date(2026, 5, 15), unit_id=who("umum"), superior_id=who("dewi"))
    bureau.receive(bureau.person("siti", from_day(), moved, version=2))
    assert appraiser(bureau, "siti", date(2026, 5, 14))[0] == who("budi")
    assert appraiser(bureau, "siti", date(2026, 5, 15))[0] == who("dewi")
    assert set(subordinates(bureau, "budi", date(2026, 5, 15))) == {who("rina")}
    assert set(subordinates(bureau, "dewi", date(2026, 5, 15))) == {who("siti")}


def test_plh_for_a_week_appraises_reviews_and_leads(bureau):
    bureau.receive(bureau.substitution("plh", "budi", "dewi"), bureau.substitution("plh ani", "ani", "dewi"))
    assert appraiser(bureau, "siti", MARCH) == (who("dewi"), Capacity.ACTING, who("budi"))
    assert reviewer(bureau, "siti", MARCH) == (who("dewi"), Capacity.ACTING, who("ani"))
    assert appraiser(bureau, "siti", date(2026, 3, 7)) == (who("budi"), Capacity.SUPERIOR, who("budi"))
    found = subordinates(bureau, "dewi", MARCH)
    assert found[who("siti")] == Subordinate(who("siti"), "ACTIVE", Capacity.ACTING, who("budi"), who("dewi"))
    assert set(found) == {who("siti"), who("rina"), who("budi")}
    own = subordinates(bureau, "budi", MARCH)[who("siti")]
    assert own == Subordinate(who("siti"), "ACTIVE", Capacity.SUPERIOR, who("budi"), who("dewi"))
    with bureau.transaction() as tx:
        led = leads_on(tx, who("dewi"), MARCH)
        assert set(led) == {
            LedUnit(who("kinerja"), Capacity.ACTING, who("budi"), who("dewi")),
            LedUnit(who("biro"), Capacity.ACTING, who("ani"), who("dewi")),
        }
        assert leads_on(tx, who("dewi"), APRIL) == ()
        assert leads_on(tx, who("budi"), MARCH) == (
            LedUnit(who("kinerja"), Capacity.SUPERIOR, who("budi"), who("dewi")),
        )
        assert leads_on(tx, who("budi"), APRIL) == (LedUnit(who("kinerja"), Capacity.SUPERIOR, who("budi"), None),)


def test_nobody_stands_in_for_their_own_superior_towards_themself(bureau):
    bureau.receive(bureau.substitution("plh", "budi", "siti"))
    assert appraiser(bureau, "siti", MARCH) == (who("budi"), Capacity.SUPERIOR, who("budi"))
    assert appraiser(bureau, "rina", MARCH) == (who("siti"), Capacity.ACTING, who("budi"))


def test_a_superior_who_stands_in_for_the_reviewer_does_not_review_their_own_appraisals(bureau):
    bureau.receive(bureau.substitution("plh", "ani", "budi"))
    assert reviewer(bureau, "siti", MARCH) == (who("ani"), Capacity.SUPERIOR, who("ani"))


def test_a_substitute_does_only_what_the_scope_says(bureau):
    bureau.receive(bureau.substitution("plh", "ani", "dewi", scope=["REVIEW"]))
    assert reviewer(bureau, "siti", MARCH) == (who("dewi"), Capacity.ACTING, who("ani"))
    assert appraiser(bureau, "budi", MARCH) == (who("ani"), Capacity.SUPERIOR, who("ani"))
    assert subordinates(bureau, "dewi", MARCH) == {}


def test_a_delegation_concerns_the_people_it_names_and_goes_before_a_substitute_for_all(bureau):
    named = {"kind": "DELEGATION", "scope": ["APPRAISE"], "employee_ids": [who("rina")], "last_day": None}
    bureau.receive(bureau.substitution("plh", "budi", "ani"), bureau.substitution("delegasi", "budi", "dewi", **named))
    assert appraiser(bureau, "rina", MARCH) == (who("dewi"), Capacity.DELEGATE, who("budi"))
    assert appraiser(bureau, "siti", MARCH) == (who("ani"), Capacity.ACTING, who("budi"))
    assert set(subordinates(bureau, "dewi", APRIL)) == {who("rina")}


def test_a_withdrawn_substitution_was_never_so(bureau):
    bureau.receive(bureau.substitution("plh", "budi", "dewi"))
    bureau.receive(bureau.substitution("plh", "budi", "dewi", withdrawn=True, version=2))
    assert appraiser(bureau, "siti", MARCH) == (who("budi"), Capacity.SUPERIOR, who("budi"))


def test_a_governor_is_a_superior_from_outside_and_has_none_above(bureau):
    assert appraiser(bureau, "ani", MARCH) == (who("gubernur"), Capacity.EXTERNAL, who("gubernur"))
    assert reviewer(bureau, "ani", MARCH) is None
    (ani,) = subordinates(bureau, "gubernur", MARCH).values()
    assert (ani.employee_id, ani.capacity) == (who("ani"), Capacity.EXTERNAL)


def test_the_reviewer_may_be_from_outside(bureau):
    assert reviewer(bureau, "budi", MARCH) == (who("gubernur"), Capacity.EXTERNAL, who("gubernur"))


def test_whether_the_holder_can_be_reached_is_said(bureau):
    bureau.receive(
        bureau.person("budi", from_day(superior_id=who("ani")), from_day(MARCH, status="STUDY_LEAVE"), version=2),
        bureau.official("gubernur", last_day=date(2026, 2, 28), version=2),
        bureau.substitution("plh", "ani", "dewi"),
    )
    with bureau.transaction() as tx:
        assert superior_on(tx, who("siti"), date(2026, 3, 3)).holder_reachable
        found = superior_on(tx, who("siti"), MARCH)
        assert (found.holder_reachable, found.reachable) == (False, False)
        found = superior_on(tx, who("ani"), MARCH)
        assert (found.superior_id, found.reachable) == (who("gubernur"), False)
        found = superior_on(tx, who("dewi"), date(2026, 2, 1))
        assert (found.superior_id, found.reachable) == (who("ani"), True)


def test_who_has_retired_has_no_superior_and_is_no_subordinate(bureau):
    bureau.receive(bureau.person("siti", from_day(), from_day(date(2026, 12, 1), status="RETIRED"), version=2))
    assert appraiser(bureau, "siti", date(2026, 11, 30))[0] == who("budi")
    assert appraiser(bureau, "siti", date(2026, 12, 1)) is None
    assert set(subordinates(bureau, "budi", date(2026, 12, 1))) == {who("rina")}


def test_who_has_nobody_above_has_no_superior(bureau):
    bureau.receive(bureau.person("menteri", from_day(superior_id=None)))
    assert appraiser(bureau, "menteri", MARCH) is None
    assert reviewer(bureau, "menteri", MARCH) is None
    assert appraiser(bureau, "siti", date(2025, 12, 31)) is None


def test_somebody_who_has_not_arrived_is_said_and_not_guessed(bureau):
    bureau.receive(
        bureau.person("joko", from_day(superior_id=who("kepala"))),
        bureau.person("wati", from_day(superior_id=who("joko"))),
        bureau.substitution("plh", "budi", "orang baru"),
    )
    for question, name, missing in (
        (superior_on, "belum datang", "belum datang"),
        (reviewer_on, "belum datang", "belum datang"),
        (superior_on, "joko", "kepala"),
        (reviewer_on, "joko", "kepala"),
        (reviewer_on, "wati", "kepala"),
        (superior_on, "siti", "orang baru"),
        (subordinates_on, "belum datang", "belum datang"),
        (leads_on, "belum datang", "belum datang"),
    ):
        with bureau.transaction() as tx, pytest.raises(NotKnownYet) as raised:
            question(tx, who(name), MARCH)
        assert raised.value.missing == who(missing)


def test_many_are_answered_at_once(bureau):
    bureau.receive(bureau.substitution("plh", "budi", "dewi"), bureau.person("joko", from_day(superior_id=who("x"))))
    names = ["siti", "rina", "budi", "ani", "joko", "belum datang", "siti"]
    people = [who(name) for name in names]
    with bureau.transaction() as tx:
        found = superiors_on(tx, people, MARCH)
        assert {one: answer.superior_id for one, answer in found.known.items()} == {
            who("siti"): who("dewi"),
            who("rina"): who("dewi"),
            who("budi"): who("ani"),
            who("ani"): who("gubernur"),
        }
        assert found.unknown == {who("joko"): who("x"), who("belum datang"): who("belum datang")}
        found = reviewers_on(tx, people, MARCH)
        assert found.known[who("ani")] is None
        assert set(found.unknown) == {who("joko"), who("belum datang")}
        found = subordinates_on_each(tx, [who("budi"), who("dewi"), who("siti"), who("x")], MARCH)
        assert {one: len(answer) for one, answer in found.known.items()} == {
            who("budi"): 2,
            who("dewi"): 2,
            who("siti"): 0,
        }
        assert set(found.unknown) == {who("x")}
        assert len(leads_on_each(tx, [who("budi"), who("ani")], MARCH).known) == 2
        assert superiors_on(tx, [], MARCH).known == {}


def test_another_agency_sees_nothing(bureau):
    with bureau.transaction("lain") as tx:
        assert set(superiors_on(tx, [who("siti")], MARCH).unknown) == {who("siti")}
        assert set(subordinates_on_each(tx, [who("budi")], MARCH).unknown) == {who("budi")}
        assert set(leads_on_each(tx, [who("budi")], MARCH).unknown) == {who("budi")}


def test_reachable_is_who_is_active_on_the_day_and_an_external_official_in_office(bureau):
    bureau.receive(
        bureau.person("siti", from_day(), from_day(date(2026, 12, 1), status="RETIRED"), version=2),
        bureau.person("rina", from_day(status="STUDY_LEAVE"), version=2),
        bureau.official("gubernur", last_day=date(2026, 6, 30), version=2),
    )
    asked = [who(name) for name in ("siti", "rina", "gubernur", "belum dikenal", "siti")]
    with bureau.transaction() as tx:
        assert reachable_on(tx, asked, date(2026, 6, 30)) == {who("siti"), who("gubernur")}
        assert reachable_on(tx, asked, date(2026, 7, 1)) == {who("siti")}
        assert reachable_on(tx, asked, date(2026, 12, 1)) == frozenset()


def test_who_has_left_is_known_and_neither_in_service_nor_in_office(bureau):
    bureau.receive(
        bureau.person("siti", from_day(), from_day(date(2026, 12, 1), status="RETIRED"), version=2),
        bureau.person("rina", from_day(status="SUSPENDED"), version=2),
        bureau.official("gubernur", last_day=date(2026, 6, 30), version=2),
    )
    asked = [who(name) for name in ("siti", "rina", "gubernur", "belum dikenal")]
    with bureau.transaction() as tx:
        assert left_on(tx, asked, date(2026, 6, 30)) == frozenset()
        assert left_on(tx, asked, date(2026, 7, 1)) == {who("gubernur")}
        assert left_on(tx, asked, date(2026, 12, 1)) == {who("siti"), who("gubernur")}


def test_who_stands_above_a_few_is_read_by_the_indexes_whatever_the_planner_knows(bureau):
    many = [f"pegawai {number}" for number in range(3000)]
    bureau.receive(*(bureau.person(name) for name in many))
    for question in (superiors_on, reviewers_on):
        with bureau.transaction() as tx:
            found = question(tx, map(who, many[:100]), MARCH)
            read = tx.session.execute(_READ).scalar_one()
        assert len(found.known) == 100
        assert read < 2000
