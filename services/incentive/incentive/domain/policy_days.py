"""Which policy governs which days of a month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from incentive.domain.months import first_day, last_day
from incentive.domain.policy import Policy

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PolicyDays:
    """Days of a month that one policy governs, both included."""

    first_day: date
    last_day: date
    policy: Policy


def policies_of_month(published: Iterable[Policy], month: date) -> tuple[PolicyDays, ...]:
    """Return who governs the days of a month, in their order: of several policies the latest to begin.

    One that ends within the month governs the rest of it too, unless another begins. Days before the first policy of
    all have none.
    """
    chosen = [policy for policy in published if policy.touches(month)]
    first, last = first_day(month), last_day(month)
    ends = [policy.valid_to + ONE_DAY for policy in chosen if policy.valid_to]
    cuts = sorted({day for day in (first, *(policy.valid_from for policy in chosen), *ends) if first <= day <= last})
    found: list[PolicyDays] = []
    for day, until in zip(cuts, [cut - ONE_DAY for cut in cuts[1:]] + [last], strict=True):
        valid = [policy for policy in chosen if policy.holds_on(day)]
        policy = max(valid, key=lambda one: (one.valid_from, one.number)) if valid else None
        if found and (policy is None or policy.id == found[-1].policy.id):
            found[-1] = replace(found[-1], last_day=until)
        elif policy is not None:
            found.append(PolicyDays(day, until, policy))
    return tuple(found)


def trial_of_month(policy: Policy, current: Sequence[PolicyDays], month: date) -> tuple[PolicyDays, ...]:
    """Return the month as it would be governed if `policy` held on its days; on all, if it has none in the month."""
    first, last = first_day(month), last_day(month)
    if not policy.touches(month):
        return (PolicyDays(first, last, policy),)
    begins = max(first, policy.valid_from)
    ends = min(last, policy.valid_to or last)
    before = (replace(one, last_day=min(one.last_day, begins - ONE_DAY)) for one in current if one.first_day < begins)
    after = (replace(one, first_day=max(one.first_day, ends + ONE_DAY)) for one in current if one.last_day > ends)
    found = (*before, PolicyDays(begins, ends, policy), *after)
    return (*found[:-1], replace(found[-1], last_day=last))
