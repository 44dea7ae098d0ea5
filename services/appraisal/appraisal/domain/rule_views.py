"""What people see of the rules, and of what a new version would change before anybody decides on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from appraisal.domain.cycle import PeriodRow
from appraisal.domain.obligation import EVALUATIONS, ObligationKind
from appraisal.domain.rule_proposal import ProposalMove, ProposalState, RuleProposal
from appraisal.domain.rules import NationalLimit, Rule, RuleBook, RuleKind, RuleSourceView
from chassis.views import view_of

CASES = (ObligationKind.RECEIPT, ObligationKind.ANSWER, ObligationKind.STATEMENT, ObligationKind.DECISION)
# Reviews are counted nowhere: whom one is about must not find it by counting.
# Whose deadlines and evaluations a kind of rule is read for.
CONCERNED: dict[RuleKind, tuple[ObligationKind, ...]] = {
    **dict.fromkeys(RuleKind, EVALUATIONS),
    **dict.fromkeys((RuleKind.OBJECTION, RuleKind.GRANT, RuleKind.OUTAGE), CASES),
    **dict.fromkeys((RuleKind.PLAN_DUE, RuleKind.BEHAVIOUR_GUIDES), (ObligationKind.PLAN,)),
    RuleKind.ANNUAL_WINDOW: (ObligationKind.ANNUAL_EVALUATION,),
    RuleKind.PERIODIC_WINDOW: (ObligationKind.PERIODIC_EVALUATION,),
    RuleKind.CLOSE_OUT: (ObligationKind.SEGMENT_RATING,),
    RuleKind.DIALOGUE: (ObligationKind.DIALOGUE,),
    RuleKind.SMALL_GROUP: (),
    RuleKind.ANOMALY: (),
    RuleKind.REMINDER: tuple(ObligationKind),
}


@dataclass(frozen=True)
class RuleView(RuleSourceView):
    kind: RuleKind
    value: Annotated[dict[str, Any], Meta(description="of what is in force within the national limits of today")]
    in_force: bool

    @classmethod
    def marked(cls, rule: Rule, in_force: Rule) -> "RuleView":
        is_it = rule.rule_version == in_force.rule_version
        return view_of(cls, in_force if is_it else rule, in_force=is_it)


@dataclass(frozen=True)
class NationalLimitView:
    """What no version of an agency goes beyond, whenever it was made."""

    kind: RuleKind
    field: str
    expected: str
    effective_from: date
    legal_source: str
    verified: Annotated[bool, Meta(description="false: the legal text was not seen")]

    @classmethod
    def of(cls, limit: NationalLimit) -> "NationalLimitView":
        return view_of(cls, limit)


@dataclass(frozen=True)
class RulesView:
    """Every version of every rule, national and the agency's own."""

    items: tuple[RuleView, ...]
    limits: tuple[NationalLimitView, ...]
    time_zone: str

    @classmethod
    def on(cls, rules: RuleBook, today: date, time_zone: str) -> "RulesView":
        in_force = {kind: rules.on(kind, today) for kind in RuleKind}
        items = tuple(RuleView.marked(rule, in_force[rule.kind]) for rule in rules.rules)
        return cls(items, tuple(map(NationalLimitView.of, rules.limits)), time_zone)


@dataclass(frozen=True)
class RulePeriodView:
    """A period in which a rule would hold."""

    year: int
    quarter: int | None
    month: int | None
    last_day: date
    closes_on: date

    @classmethod
    def of(cls, row: PeriodRow) -> "RulePeriodView":
        return view_of(RulePeriodView, row, row.period)


@dataclass(frozen=True)
class PeriodKeptView(RulePeriodView):
    """A period that was opened before a rule came, and the version that holds in it."""

    rule_version: str


@dataclass(frozen=True)
class Concerned:
    """How many cases run, and of how many people something is owed, by what a kind of rule is read for."""

    running_cases: int
    people: int


@dataclass(frozen=True)
class RulePreviewView:
    """What a version would change, and what not, as of now."""

    effective_from: date
    kept: Annotated[
        tuple[PeriodKeptView, ...],
        Meta(description="opened periods of its days, not closed yet, which keep the version that they have"),
    ]
    holds_in: Annotated[
        tuple[RulePeriodView, ...],
        Meta(description="periods of this year and the next in which it would hold, since nobody has opened them"),
    ]
    running_cases: Annotated[int, Meta(description="cases that run by such a rule, and keep their deadline")]
    people: Annotated[int, Meta(description="of whom something is owed now that such a rule is read for")]

    @classmethod
    def of(
        cls,
        rule: Rule,
        rules: RuleBook,
        opened: Iterable[PeriodRow],
        ahead: Iterable[PeriodRow],
        concerned: Concerned,
    ) -> "RulePreviewView":
        after = rules.plus(rule)
        kept = ((row, row.version_kept(rule.kind, rules)) for row in opened if row.is_of(rule, after))
        return view_of(
            cls,
            concerned,
            effective_from=rule.effective_from,
            kept=tuple(view_of(PeriodKeptView, row, row.period, rule_version=version) for row, version in kept),
            holds_in=tuple(RulePeriodView.of(row) for row in ahead if row.is_of(rule, after)),
        )


@dataclass(frozen=True)
class RuleProposalRowView:
    """A proposal in a list."""

    id: UUID
    kind: RuleKind
    effective_from: date
    value: dict[str, Any]
    legal_source: str
    verified: bool
    reason: str
    state: ProposalState
    proposed_by: UUID
    proposed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reason: str
    by_subordinate: Annotated[bool, Meta(description="who decided is a direct subordinate of who proposed")]
    rule_version: Annotated[str | None, Meta(description="the version that came of it")]
    moves: Annotated[
        tuple[ProposalMove, ...], Meta(description="what the caller may do; a proposer needs a second officer")
    ]
    version: int

    @classmethod
    def row(cls, proposal: RuleProposal, moves: tuple[ProposalMove, ...]) -> "RuleProposalRowView":
        return view_of(RuleProposalRowView, proposal, moves=moves)


@dataclass(frozen=True)
class RuleProposalView(RuleProposalRowView):
    """A proposal with what it would change; of an approved one, what it has changed at that moment."""

    preview: RulePreviewView | None

    @classmethod
    def of(
        cls, proposal: RuleProposal, moves: tuple[ProposalMove, ...], preview: RulePreviewView | None
    ) -> "RuleProposalView":
        return view_of(cls, proposal, moves=moves, preview=preview)
