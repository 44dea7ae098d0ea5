"""Which types of event take a new subscriber, and what is said of those that end."""

from datetime import date

import pytest

from notification.domain.errors import EventTypeDeprecated, EventTypeRetired
from notification.domain.event_type import CURRENT, DEPRECATED, RETIRED, Catalogue, EventTypeNotice, EventTypeView

GOES_ON, ENDS, ENDED = "personnel.EmployeeChanged.v2", "personnel.EmployeeChanged.v1", "personnel.OrgUnitChanged.v1"
SUNSET = date(2027, 5, 31)
CATALOGUE = Catalogue(
    {
        GOES_ON: EventTypeView(GOES_ON, "", "", CURRENT),
        ENDS: EventTypeView(ENDS, "", "", DEPRECATED, SUNSET, GOES_ON),
        ENDED: EventTypeView(ENDED, "", "", RETIRED, SUNSET, "personnel.OrgUnitChanged.v2"),
    }
)


def test_what_goes_on_is_taken_without_a_word():
    assert CATALOGUE.chosen([GOES_ON], [GOES_ON]) == (GOES_ON,)
    assert CATALOGUE.notices([GOES_ON, "personnel.NeverPublished.v1"]) == ()


def test_of_all_that_are_granted_those_that_end_are_left_out():
    assert CATALOGUE.chosen([], [ENDS, GOES_ON, ENDED]) == (GOES_ON,)


@pytest.mark.parametrize(("name", "error"), [(ENDS, EventTypeDeprecated), (ENDED, EventTypeRetired)])
def test_who_asks_for_one_that_ends_is_refused_with_its_successor(name, error):
    for asked, found in (([name, GOES_ON], [name, GOES_ON]), ([], [name])):
        with pytest.raises(error) as refused:
            CATALOGUE.chosen(asked, found)
        assert name in refused.value.detail
        assert (CATALOGUE.types[name].successor or "-") in refused.value.detail


def test_who_has_one_that_ends_may_keep_it():
    assert CATALOGUE.chosen([ENDS, GOES_ON], [ENDS, GOES_ON], kept=[ENDS]) == (ENDS, GOES_ON)


def test_a_delivery_of_one_that_ends_carries_its_last_day_and_the_schema_of_its_successor():
    notice = CATALOGUE.notice(ENDS)
    assert notice == EventTypeNotice(ENDS, DEPRECATED, SUNSET, GOES_ON)
    assert notice.headers == {
        "sunset": "Mon, 31 May 2027 00:00:00 GMT",
        "link": '</contracts/events/personnel/EmployeeChanged.v2.schema.json>; rel="successor-version"',
    }
