"""From which day a change within a month counts for the pay of that month, by kind of change.

A change that counts by days divides the month at its day; any other gives the whole month what one day of it held.
Agencies differ, so each policy says it for each kind (`TukinRules.changes`).
"""

from collections.abc import Mapping
from enum import StrEnum

from chassis.errors import FieldError


class ChangeKind(StrEnum):
    """What may change within a month. LEAVE: also the return, suspension and study leave.

    AMOUNT: the table of amounts per class; POLICY: another policy version begins, and its own rule is asked.
    """

    START = "START"
    END = "END"
    LEAVE = "LEAVE"
    TYPE = "TYPE"
    CLASS = "CLASS"
    UNIT = "UNIT"
    AMOUNT = "AMOUNT"
    POLICY = "POLICY"


class ChangeRule(StrEnum):
    """CALENDAR_DAYS, WORKING_DAYS: by days. FIRST_DAY, LAST_DAY: what held on that day counts for the whole month.

    NEXT_MONTH: a change counts from the month after it, also one on the first day of a month. Somebody's service ends
    with its last day, so an end on the first of a month belongs to the month before.
    """

    CALENDAR_DAYS = "CALENDAR_DAYS"
    WORKING_DAYS = "WORKING_DAYS"
    FIRST_DAY = "FIRST_DAY"
    LAST_DAY = "LAST_DAY"
    NEXT_MONTH = "NEXT_MONTH"


BY_DAYS = frozenset({ChangeRule.CALENDAR_DAYS, ChangeRule.WORKING_DAYS})
# A table or a policy that begins on the first of a month holds for that month, so it knows no NEXT_MONTH; and two
# policies always divide the month, for neither could rule the days of the other.
_ALLOWED: Mapping[ChangeKind, frozenset[ChangeRule]] = {
    ChangeKind.AMOUNT: BY_DAYS | {ChangeRule.FIRST_DAY, ChangeRule.LAST_DAY},
    ChangeKind.POLICY: BY_DAYS,
}


def changes_by(chosen: Mapping[str, str | None], held_on: ChangeRule) -> dict[ChangeKind, ChangeRule]:
    """Return a rule for every kind: the chosen one, else the day that the policy says for everything."""
    defaults = dict.fromkeys(ChangeKind, held_on) | {ChangeKind.POLICY: ChangeRule.CALENDAR_DAYS}
    return defaults | {ChangeKind(kind): ChangeRule(rule) for kind, rule in chosen.items() if rule}


def change_faults(changes: Mapping[ChangeKind, ChangeRule]) -> list[FieldError]:
    """Return the kinds whose rule has no meaning for them."""
    return [
        FieldError(f"rules.changes.{kind}", "change_rule_not_allowed", rule.value, f"salah satu dari {_words(kind)}")
        for kind, rule in changes.items()
        if kind in _ALLOWED and rule not in _ALLOWED[kind]
    ]


def _words(kind: ChangeKind) -> str:
    return ", ".join(sorted(_ALLOWED[kind]))
