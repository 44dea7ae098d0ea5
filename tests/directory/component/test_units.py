"""The tree of a day: a bureau is merged into another in July, and a unit that has not arrived."""

from datetime import date

import pytest

from directory.answers import NotKnownYet
from directory.questions import (
    all_units_on,
    headcounts_on,
    unit_on,
    units_above_each,
    units_below,
    units_below_each,
    units_on,
)
from tests.directory.builders import Copy, from_day, unit_from, who

JUNE, JULY = date(2026, 6, 30), date(2026, 7, 1)


@pytest.fixture
def ministry(copy):
    """Biro SDM with two subdivisions is merged into biro umum: one subdivision moves there, the other is closed."""
    copy.receive(
        copy.unit("kementerian"),
        copy.unit(
            "sdm",
            unit_from(parent_id=who("kementerian"), leader_id=who("budi")),
            unit_from(JULY, parent_id=who("umum"), active=False),
        ),
        copy.unit("umum", unit_from(parent_id=who("kementerian"))),
        copy.unit("kinerja", unit_from(parent_id=who("sdm")), unit_from(JULY, parent_id=who("umum"), name="Kinerja")),
        copy.unit("mutasi", unit_from(parent_id=who("sdm"))),
        copy.unit("baru", unit_from(JULY, parent_id=who("umum"))),
    )
    return copy


def below(copy, name, day):
    with copy.transaction() as tx:
        return units_below(tx, who(name), day)


def test_the_tree_of_a_day(ministry):
    assert below(ministry, "sdm", JUNE) == {who("sdm"), who("kinerja"), who("mutasi")}
    assert below(ministry, "umum", JUNE) == {who("umum")}
    assert below(ministry, "sdm", JULY) == {who("sdm"), who("mutasi")}
    assert below(ministry, "umum", JULY) == {who(name) for name in ("umum", "sdm", "mutasi", "kinerja", "baru")}
    assert len(below(ministry, "kementerian", JUNE)) == 5
    assert len(below(ministry, "kementerian", JULY)) == 6


def test_what_a_unit_was_on_a_day(ministry):
    with ministry.transaction() as tx:
        assert unit_on(tx, who("sdm"), JUNE).leader_id == who("budi")
        assert not unit_on(tx, who("sdm"), JULY).active
        assert unit_on(tx, who("baru"), JUNE) is None
        found = units_on(tx, [who("kinerja"), who("baru"), who("belum datang")], JULY)
    assert {one: stretch.name for one, stretch in found.known.items()} == {
        who("kinerja"): "Kinerja",
        who("baru"): "Unit",
    }
    assert found.unknown == {who("belum datang"): who("belum datang")}


def test_a_unit_that_has_not_arrived_is_not_known(ministry):
    for question in (unit_on, units_below):
        with ministry.transaction() as tx, pytest.raises(NotKnownYet):
            question(tx, who("belum datang"), JULY)


def test_many_trees_at_once(ministry):
    with ministry.transaction() as tx:
        found = units_below_each(tx, [who("sdm"), who("umum"), who("belum datang")], JUNE)
    assert {one: len(units) for one, units in found.known.items()} == {who("sdm"): 3, who("umum"): 1}
    assert set(found.unknown) == {who("belum datang")}


def test_what_lies_above_a_unit_is_of_the_day(ministry):
    with ministry.transaction() as tx:
        june = units_above_each(tx, [who("kinerja"), who("kementerian"), who("belum datang")], JUNE)
        july = units_above_each(tx, [who("mutasi")], JULY)
    assert june.known == {
        who("kinerja"): {who("kinerja"), who("sdm"), who("kementerian")},
        who("kementerian"): {who("kementerian")},
    }
    assert set(june.unknown) == {who("belum datang")}
    assert july.known == {who("mutasi"): {who(one) for one in ("mutasi", "sdm", "umum", "kementerian")}}


def test_a_circle_in_the_tree_ends(copy):
    copy.receive(copy.unit("a", unit_from(parent_id=who("b"))), copy.unit("b", unit_from(parent_id=who("a"))))
    assert below(copy, "a", JULY) == {who("a"), who("b")}
    with copy.transaction() as tx:
        assert units_above_each(tx, [who("a")], JULY).of(who("a")) == {who("a"), who("b")}


def test_another_agency_sees_no_unit(ministry):
    other = Copy(ministry.database, f"{ministry.agency}-lain")
    with other.transaction() as tx:
        assert set(units_below_each(tx, [who("sdm")], JUNE).unknown) == {who("sdm")}
        assert set(units_on(tx, [who("sdm")], JUNE).unknown) == {who("sdm")}


def test_all_units_of_a_day_and_how_many_people_each_has(copy: Copy) -> None:
    closed = unit_from(date(2026, 6, 1), active=False)
    copy.receive(copy.unit("biro"), copy.unit("kinerja", unit_from(parent_id=who("biro")), closed))
    copy.receive(
        copy.person("siti", from_day(), from_day(date(2026, 6, 1), unit_id=who("biro"))),
        copy.person("dewi", from_day(status="SUSPENDED")),
        copy.person("rina", from_day(date(2026, 6, 1))),
    )
    with copy.transaction() as tx:
        for day, active, counts in (
            (date(2025, 12, 31), {}, {}),
            (date(2026, 5, 31), {"biro": True, "kinerja": True}, {"kinerja": 1}),
            (date(2026, 6, 1), {"biro": True, "kinerja": False}, {"kinerja": 1, "biro": 1}),
        ):
            found = all_units_on(tx, day)
            assert {one: unit.active for one, unit in found.items()} == {
                who(name): is_so for name, is_so in active.items()
            }
            assert headcounts_on(tx, None, day, ["ACTIVE"]) == {who(name): number for name, number in counts.items()}
        day = date(2026, 6, 1)
        assert headcounts_on(tx, None, day) == {who("kinerja"): 2, who("biro"): 1}
        assert headcounts_on(tx, [who("kinerja"), who("sdm")], day) == {who("kinerja"): 2}
        assert headcounts_on(tx, [], day) == {}
