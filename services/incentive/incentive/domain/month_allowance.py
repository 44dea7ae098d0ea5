"""The allowance of a month that is paid by its segments: each one's whole amount times its share, rounded once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from incentive.domain.allowance import (
    AllowanceInputs,
    Calculation,
    Step,
    calculate,
    gross,
    inputs_from,
    inputs_to,
    rounded,
    why_not_payable,
)
from incentive.domain.class_amount import ClassAmountView
from incentive.domain.month_segments import Segment
from incentive.domain.policy import Policy
from incentive.domain.tukin_rules import TukinRules

WHOLE = Fraction(1)
_SHOWN = Decimal("0.000001")


@dataclass(frozen=True)
class MonthPart:
    """A share of a month: the inputs that a whole month like it would have, and the rules that govern its days."""

    share: Fraction
    formula: str
    inputs: AllowanceInputs
    rules: TukinRules


@dataclass(frozen=True)
class PaidSegment:
    """A segment of somebody's month with its inputs."""

    segment: Segment
    inputs: AllowanceInputs

    @property
    def part(self) -> MonthPart:
        one = self.segment
        formula = _formula(one.first_day, one.last_day, one.share, one.rule and one.rule.value)
        return MonthPart(one.share, formula, self.inputs, one.policy.rules)


def calculate_month(parts: Sequence[MonthPart]) -> Calculation:
    """Calculate a month. When no part of it is payable, the reason is that of its last days."""
    if len(parts) == 1 and parts[0].share == WHOLE:
        return calculate(parts[0].inputs, parts[0].rules)
    steps: list[Step] = []
    total = Fraction(0)
    for part in parts:
        steps.append(Step("segment", part.formula, _shown(part.share)))
        whole = Fraction(gross(part.inputs, part.rules, steps))
        paid = whole * part.share
        total += paid
        steps.append(Step("segment_paid", f"{_text(whole)} × {part.share}", _shown(paid)))
    reasons = [why_not_payable(part.inputs) for part in parts]
    steps.append(
        Step("month", " + ".join(_text(step.value) for step in steps if step.code == "segment_paid"), _shown(total))
    )
    rounding = parts[-1].rules.rounding
    amount = rounded(total, rounding)
    steps.append(Step("rounded", f"{rounding.value}({_text(total)})", Decimal(amount)))
    return Calculation(amount, tuple(steps), reasons[-1] if all(reasons) else None)


def month_inputs_to(segments: Sequence[PaidSegment]) -> dict[str, Any]:
    """Return the inputs of a month as JSON: those of its last days, and its segments unless one is the whole month."""
    inputs = inputs_to(segments[-1].inputs)
    if len(segments) == 1 and segments[0].segment.share == WHOLE:
        return inputs
    return {**inputs, "segments": [_segment_to(one) for one in segments]}


def parts_from(data: Mapping[str, Any], policy: Policy, policies: Mapping[UUID, Policy]) -> list[MonthPart]:
    """Read stored inputs, so that anybody can recompute the line; a line without segments is one whole month."""
    if "segments" not in data:
        return [MonthPart(WHOLE, "", inputs_from(data), policy.rules)]
    return [
        MonthPart(
            Fraction(one["share"]),
            _formula(one["first_day"], one["last_day"], one["share"], one["rule"]),
            inputs_from(one["inputs"]),
            policies[UUID(one["policy_id"])].rules,
        )
        for one in data["segments"]
    ]


def policies_in(data: Mapping[str, Any]) -> list[UUID]:
    """Return the policies that stored inputs name for their segments."""
    return [UUID(one["policy_id"]) for one in data.get("segments", ())]


def amount_to(amount: ClassAmountView | None) -> dict[str, Any] | None:
    if amount is None:
        return None
    return {
        "job_class": amount.job_class,
        "effective_from": amount.effective_from.isoformat(),
        "revision": amount.revision,
        "legal_source": amount.legal_source,
        "verified": amount.verified,
    }


def _segment_to(paid: PaidSegment) -> dict[str, Any]:
    one = paid.segment
    return {
        "first_day": one.first_day.isoformat(),
        "last_day": one.last_day.isoformat(),
        "share": str(one.share),
        "calendar_days": one.calendar_days,
        "working_days": one.working_days,
        "changes": [change.value for change in one.changes],
        "rule": one.rule and one.rule.value,
        "unit_id": one.held.unit_id and str(one.held.unit_id),
        "policy_id": str(one.policy.id),
        "policy_number": one.policy.number,
        "class_amount": amount_to(one.held.amount),
        "inputs": inputs_to(paid.inputs),
    }


def _formula(first_day: date | str, last_day: date | str, share: Fraction | str, rule: str | None) -> str:
    return f"{first_day} s.d. {last_day}: {share}" + (f" ({rule})" if rule else "")


def _shown(value: Fraction) -> Decimal:
    """Return an exact value to six places, for people; the amount itself is never taken from it."""
    return Decimal(round(value * 10**6)) * _SHOWN


def _text(value: Fraction | Decimal) -> str:
    text = f"{value if isinstance(value, Decimal) else _shown(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
