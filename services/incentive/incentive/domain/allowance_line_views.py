"""Lines of the allowance as people read them: one, a year of them, and what an amount follows from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from chassis.views import view_of
from incentive.domain.allowance import LABELS, inputs_from, why_not_payable
from incentive.domain.allowance_line import LineKind
from incentive.domain.allowance_run import DECIDED, RunState
from incentive.domain.change_rules import ChangeKind, ChangeRule
from incentive.domain.month_allowance import calculate_month, parts_from
from incentive.domain.months import last_day, parse_month
from incentive.domain.policy import Policy
from incentive.domain.tukin_rules import rules_to


@dataclass(frozen=True)
class AllowanceLineView:
    id: UUID
    run_id: UUID
    employee_id: UUID
    unit_id: UUID | None
    month: Annotated[str, Meta(description="the month it is for")]
    run_month: Annotated[str, Meta(description="the month it is paid with")]
    kind: LineKind
    adjusts_line_id: UUID | None
    amount: Annotated[int, Meta(description="rupiah that this line adds")]
    full_amount: Annotated[int, Meta(description="the whole month as known when it was calculated")]
    not_payable: str | None
    job_class: int | None
    predicate: str | None
    policy_version: int
    state: RunState
    calculated_at: datetime


@dataclass(frozen=True)
class LineDetail(AllowanceLineView):
    """A line with all that it follows from."""

    policy_id: UUID
    inputs: dict[str, Any]
    steps: list[dict[str, str]]
    provenance: dict[str, Any]


@dataclass(frozen=True)
class AllowanceYearView:
    """All lines of the year's months, and their sums."""

    employee_id: UUID
    year: int
    decided_amount: Annotated[int, Meta(description="approved or paid")]
    paid_amount: int
    lines: list[AllowanceLineView]

    @classmethod
    def of(cls, employee_id: UUID, year: int, lines: list[AllowanceLineView]) -> "AllowanceYearView":
        decided = sum(line.amount for line in lines if line.state in DECIDED)
        paid = sum(line.amount for line in lines if line.state is RunState.PAID)
        return cls(employee_id, year, decided, paid, lines)


@dataclass(frozen=True)
class CalculationStepView:
    code: str
    label: str
    formula: str
    value: str


@dataclass(frozen=True)
class AppliedPolicyView:
    policy_id: UUID
    version: int
    name: str
    legal_source: str
    valid_from: date
    valid_to: date | None
    rules: dict[str, Any]

    @classmethod
    def of(cls, policy: Policy) -> "AppliedPolicyView":
        return view_of(cls, policy, policy_id=policy.id, version=policy.number, rules=rules_to(policy.rules))


@dataclass(frozen=True)
class SegmentView:
    """Days of the month that were paid alike."""

    first_day: date
    last_day: date
    calendar_days: int
    working_days: int | None
    share: Annotated[str, Meta(description="of the month, as a fraction")]
    changes: Annotated[list[ChangeKind], Meta(description="why it differs from the days before")]
    rule: Annotated[ChangeRule | None, Meta(description="by which its beginning is placed in the month")]
    unit_id: UUID | None
    job_class: int | None
    base: int | None
    employment_type: str
    status: str
    not_payable: str | None
    policy_version: int
    legal_source: Annotated[str | None, Meta(description="of the amount of the class")]

    @classmethod
    def of_line(cls, line: "LineDetail") -> "list[SegmentView]":
        """Return the segments of a line; a line without any is one whole month."""
        stored = line.inputs.get("segments")
        if stored is not None:
            return [cls._read(one) for one in stored]
        month = parse_month(line.month)
        whole: dict[str, Any] = {
            "first_day": month.isoformat(),
            "last_day": last_day(month).isoformat(),
            "calendar_days": last_day(month).day,
            "working_days": None,
            "share": "1",
            "changes": [],
            "rule": None,
            "unit_id": line.unit_id and str(line.unit_id),
            "policy_number": line.policy_version,
            "class_amount": line.provenance.get("class_amount"),
            "inputs": line.inputs,
        }
        return [cls._read(whole)]

    @classmethod
    def _read(cls, data: dict[str, Any]) -> "SegmentView":
        inputs, amount = data["inputs"], data["class_amount"]
        return cls(
            first_day=date.fromisoformat(data["first_day"]),
            last_day=date.fromisoformat(data["last_day"]),
            calendar_days=data["calendar_days"],
            working_days=data["working_days"],
            share=data["share"],
            changes=[ChangeKind(kind) for kind in data["changes"]],
            rule=ChangeRule(data["rule"]) if data["rule"] else None,
            unit_id=UUID(data["unit_id"]) if data["unit_id"] else None,
            job_class=inputs["job_class"],
            base=inputs["base"],
            employment_type=inputs["employment_type"],
            status=inputs["status"],
            not_payable=why_not_payable(inputs_from(inputs)),
            policy_version=data["policy_number"],
            legal_source=amount["legal_source"] if amount else None,
        )


@dataclass(frozen=True)
class AllowanceExplanationView:
    """Inputs, rule, versions, legal sources and the working of a line, and the same amount calculated again."""

    line_id: UUID
    employee_id: UUID
    month: str
    run_month: str
    kind: LineKind
    adjusts_line_id: UUID | None
    state: RunState
    amount: int
    full_amount: int
    previous_amount: int | None
    not_payable: str | None
    inputs: dict[str, Any]
    provenance: Annotated[dict[str, Any], Meta(description="which version of what each input comes from")]
    segments: Annotated[list[SegmentView], Meta(description="the days of the month that were paid alike")]
    steps: list[CalculationStepView]
    rule: Annotated[AppliedPolicyView, Meta(description="the policy version with its rules and legal source")]
    earlier_rules: Annotated[
        list[AppliedPolicyView], Meta(description="versions that governed earlier days of the month")
    ]
    legal_sources: list[str]
    recomputed_amount: Annotated[int, Meta(description="calculated again from inputs and rule")]
    matches: bool

    @classmethod
    def of(cls, line: LineDetail, policies: Mapping[UUID, Policy]) -> "AllowanceExplanationView":
        """Explain a line by the policies that it names."""
        policy = policies[line.policy_id]
        again = calculate_month(parts_from(line.inputs, policy, policies))
        segments = SegmentView.of_line(line)
        sources = [one.legal_source for one in policies.values()] + [one.legal_source for one in segments]
        before = line.provenance.get("before", 0)
        return view_of(
            cls,
            line,
            line_id=line.id,
            previous_amount=before if line.kind is LineKind.ADJUSTMENT else None,
            segments=segments,
            steps=[CalculationStepView(label=LABELS[step["code"]], **step) for step in line.steps],
            rule=AppliedPolicyView.of(policy),
            earlier_rules=[AppliedPolicyView.of(one) for one in policies.values() if one.id != policy.id],
            legal_sources=list(dict.fromkeys(source for source in sources if source)),
            recomputed_amount=again.amount,
            matches=again.amount == line.full_amount,
        )
