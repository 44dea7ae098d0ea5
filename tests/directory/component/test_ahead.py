"""What is known of days to come."""

from datetime import date

from directory.questions import days_ahead, offices_changing_on, people_changing_on
from tests.directory.builders import START, Copy, from_day, who

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def test_the_days_ahead_of_several_people_and_who_changes_on_one_of_them(copy: Copy) -> None:
    copy.receive(
        copy.person("siti", from_day(), from_day(MAY, job_class=9), from_day(JUNE, job_class=10)),
        copy.person("dewi", from_day(), from_day(JUNE, job_class=9)),
        copy.person("rina"),
    )
    asked = [who("siti"), who("dewi"), who("rina"), who("nobody")]
    with copy.transaction() as tx:
        assert days_ahead(tx, asked, START) == [MAY, JUNE]
        assert days_ahead(tx, asked, MAY) == [JUNE]
        assert days_ahead(tx, asked, JUNE) == days_ahead(tx, [], START) == []
        first, second = sorted([who("siti"), who("dewi")])
        assert people_changing_on(tx, JUNE, None, 1) == [first]
        assert people_changing_on(tx, JUNE, first, 5) == [second]
        assert people_changing_on(tx, JUNE, second, 5) == []


def test_whose_office_or_substitute_begins_or_ends_on_a_day(copy: Copy) -> None:
    copy.receive(
        copy.official("gubernur", first_day=MAY, last_day=date(2026, 5, 31)),
        copy.substitution("plh", "budi", "dewi", first_day=MAY, last_day=date(2026, 5, 30)),
    )
    assert [one.official_id for one in copy.officials] == [who("gubernur")]
    with copy.transaction() as tx:
        assert offices_changing_on(tx, MAY) == {who("gubernur"), who("budi")}
        assert offices_changing_on(tx, date(2026, 5, 31)) == {who("budi")}
        assert offices_changing_on(tx, JUNE) == {who("gubernur")}
        assert offices_changing_on(tx, date(2026, 5, 15)) == frozenset()
