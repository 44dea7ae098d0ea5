"""Somebody's own time: what they were on a day, their stretches, their days, and who is in a unit."""

from datetime import UTC, date, datetime
from itertools import chain
from uuid import UUID

import pytest

from chassis.pagination import PageRequest, decode_cursor
from directory.answers import NotKnownYet
from directory.questions import (
    Where,
    days_in,
    days_in_each,
    people_of,
    people_on,
    person_on,
    stretches,
    stretches_each,
    time_zone,
    today,
)
from directory.timelines import Period
from tests.directory.builders import START, Copy, from_day, who

MAY, DECEMBER = date(2026, 5, 15), date(2026, 12, 1)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def siti(copy):
    """Siti joins on 2 January, moves to bagian umum on 15 May and retires on 1 December, which is known ahead."""
    copy.receive(
        copy.person(
            "siti",
            from_day(date(2026, 1, 2)),
            from_day(MAY, unit_id=who("umum"), job_class=9),
            from_day(DECEMBER, unit_id=who("umum"), job_class=9, status="RETIRED"),
        )
    )
    return copy


@pytest.mark.parametrize(
    ("day", "unit", "status"),
    [
        (date(2026, 1, 2), "kinerja", "ACTIVE"),
        (date(2026, 5, 14), "kinerja", "ACTIVE"),
        (MAY, "umum", "ACTIVE"),
        (date(2030, 1, 1), "umum", "RETIRED"),
    ],
)
def test_what_a_person_was_on_a_day(siti, day, unit, status):
    with siti.transaction() as tx:
        found = person_on(tx, who("siti"), day)
    assert (found.unit_id, found.status, found.in_service) == (who(unit), status, status == "ACTIVE")


def test_before_the_first_day_a_known_person_was_nothing(siti):
    with siti.transaction() as tx:
        assert person_on(tx, who("siti"), date(2026, 1, 1)) is None


def test_a_person_who_has_not_arrived_is_not_known(siti):
    with siti.transaction() as tx:
        with pytest.raises(NotKnownYet, match="belum diterima dari layanan kepegawaian") as refused:
            person_on(tx, who("budi"), MAY)
        assert str(who("budi")) not in refused.value.detail
        assert (refused.value.missing, refused.value.__notes__) == (who("budi"), [f"missing: {who('budi')}"])
        with pytest.raises(NotKnownYet):
            stretches(tx, who("budi"), YEAR)
        with pytest.raises(NotKnownYet):
            days_in(tx, who("budi"), YEAR)
        found = people_on(tx, [who("siti"), who("budi"), who("siti")], MAY)
    assert (set(found.known), found.unknown) == ({who("siti")}, {who("budi"): who("budi")})


def test_the_stretches_of_a_period(siti):
    with siti.transaction() as tx:
        whole = stretches(tx, who("siti"), YEAR)
        assert [one.first_day for one in whole] == [date(2026, 1, 2), MAY, DECEMBER]
        assert stretches(tx, who("siti"), Period(date(2026, 5, 14), date(2026, 5, 14))) == whole[:1]
        assert stretches(tx, who("siti"), Period(MAY, date(2026, 11, 30))) == whole[1:2]
        assert stretches(tx, who("siti"), Period(date(2025, 1, 1), date(2025, 12, 31))) == ()
        found = stretches_each(tx, [who("siti"), who("budi")], YEAR)
    assert (found.known, set(found.unknown)) == ({who("siti"): whole}, {who("budi")})


@pytest.mark.parametrize(
    ("where", "days"),
    [
        (None, 364),
        (Where(status=["ACTIVE"]), 333),
        (Where(unit_id=[who("umum")]), 231),
        (Where(unit_id=[who("umum")], status=["ACTIVE"]), 200),
        (Where(employment_type=["PPPK"]), 0),
        (Where(employment_type=[]), 0),
        (Where(job_class=[8, 9], position_kind=["JF"], grade=["III/b"], superior_id=[who("budi")]), 364),
    ],
)
def test_the_days_of_a_year_by_kind(siti, where, days):
    with siti.transaction() as tx:
        assert days_in(tx, who("siti"), YEAR, where) == days


def test_the_days_of_many(siti):
    siti.receive(siti.person("rina", from_day(MAY)))
    with siti.transaction() as tx:
        found = days_in_each(tx, [who("rina"), who("siti"), who("budi")], Period(START, MAY))
    assert (found.known, set(found.unknown)) == ({who("rina"): 1, who("siti"): 134}, {who("budi")})


def pages(copy, units, day, limit):
    """Return all pages of the people of units."""
    found, position = [], ()
    while True:
        with copy.transaction() as tx:
            page = people_of(tx, units, day, PageRequest(limit, position))
        found.append([one.employee_id for one in page.items])
        if page.next_cursor is None:
            return found
        position = decode_cursor(page.next_cursor)


def test_the_people_of_units_come_in_pages(siti):
    names = [f"pegawai {number}" for number in range(9)]
    units = ["umum", "kinerja", "umum"]
    siti.receive(
        *(siti.person(name, from_day(unit_id=who(units[number % 3]))) for number, name in enumerate(names)),
        siti.person("orang lain", from_day(unit_id=who("lain"))),
    )
    in_umum = sorted([*(who(name) for number, name in enumerate(names) if number % 3 != 1), who("siti")])
    in_kinerja = sorted(who(name) for number, name in enumerate(names) if number % 3 == 1)
    expected = in_umum + in_kinerja if who("umum") < who("kinerja") else in_kinerja + in_umum
    found = pages(siti, [who("kinerja"), who("umum"), who("kosong")], MAY, 4)
    assert [len(page) for page in found] == [4, 4, 2]
    assert [*chain(*found)] == expected
    assert [*chain(*pages(siti, [who("umum")], MAY, 1))] == in_umum
    assert who("siti") not in chain(*pages(siti, [who("umum")], DECEMBER, 50))
    assert pages(siti, [], MAY, 4) == [[]]


def test_a_member_comes_with_their_stretch(siti):
    with siti.transaction() as tx:
        (member,) = people_of(tx, [who("umum")], MAY, PageRequest()).items
        assert member.stretch == person_on(tx, who("siti"), MAY)


def test_today_is_the_day_in_the_zone_of_the_agency(copy):
    with copy.transaction() as tx, pytest.raises(NotKnownYet) as raised:
        time_zone(tx)
    assert raised.value.missing == copy.agency
    data = {"agency_id": copy.agency, "name": "Pemprov Papua", "time_zone": "Asia/Jayapura", "version": 1}
    copy.receive(copy.event("AgencyChanged", copy.agency, data))
    with copy.transaction() as tx:
        tx.now = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)
        assert (time_zone(tx), today(tx)) == ("Asia/Jayapura", date(2026, 3, 2))


def test_another_agency_sees_nobody(siti):
    other = Copy(siti.database, f"{siti.agency}-lain")
    with other.transaction() as tx:
        assert set(people_on(tx, [who("siti")], MAY).unknown) == {who("siti")}
        assert set(days_in_each(tx, [who("siti")], YEAR).unknown) == {who("siti")}
        assert people_of(tx, [who("umum")], MAY, PageRequest()).items == []
        with pytest.raises(NotKnownYet):
            time_zone(tx)


def test_two_agencies_know_the_same_person_one_after_the_other(siti):
    other = Copy(siti.database, f"{siti.agency}-lain")
    siti.receive(siti.person("siti", from_day(), from_day(MAY, status="TRANSFERRED"), version=2))
    other.receive(other.person("siti", from_day(MAY, unit_id=UUID(int=1))))
    with siti.transaction() as tx:
        assert not person_on(tx, who("siti"), MAY).in_service
    with other.transaction() as tx:
        assert person_on(tx, who("siti"), MAY).in_service
        assert person_on(tx, who("siti"), START) is None
