"""What may be asked of the directory. Each question takes `tx`; each can be asked of many at once, in one statement.

An answer that depends on somebody who has not arrived yet is no guess: NotKnownYet is raised, or they are `unknown`.
"""

from directory.questions.agency import time_zone, today
from directory.questions.ahead import days_ahead, offices_changing_on, people_changing_on
from directory.questions.overall import all_units_on, headcounts_on, members_on
from directory.questions.people import (
    Where,
    days_in,
    days_in_each,
    people_of,
    people_on,
    person_on,
    stretches,
    stretches_each,
)
from directory.questions.superiors import (
    left_on,
    reachable_on,
    replaced_by_on,
    reviewer_on,
    reviewers_on,
    subordinates_on,
    subordinates_on_each,
    superior_on,
    superiors_on,
)
from directory.questions.units import (
    leads_on,
    leads_on_each,
    unit_on,
    units_above_each,
    units_below,
    units_below_each,
    units_on,
)

__all__ = [
    "Where",
    "all_units_on",
    "days_ahead",
    "days_in",
    "days_in_each",
    "headcounts_on",
    "leads_on",
    "leads_on_each",
    "left_on",
    "members_on",
    "offices_changing_on",
    "people_changing_on",
    "people_of",
    "people_on",
    "person_on",
    "reachable_on",
    "replaced_by_on",
    "reviewer_on",
    "reviewers_on",
    "stretches",
    "stretches_each",
    "subordinates_on",
    "subordinates_on_each",
    "superior_on",
    "superiors_on",
    "time_zone",
    "today",
    "unit_on",
    "units_above_each",
    "units_below",
    "units_below_each",
    "units_on",
]
