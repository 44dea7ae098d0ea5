"""A change of a rule: proposed by one officer, approved or rejected by another, never dated back.

What holds for many is a matter of two people, and of nobody whose own running case it would touch: a head over the own
matter is none. Whom it is about can be known of the officer alone, so a change that suits an officer's superior or
spouse is left to the second officer, the preview and the audit trail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from appraisal.domain.refusal_words import all_in_words, in_words
from appraisal.domain.rule_errors import (
    ProposalMoveRefused,
    ProposalNeedsSecondOfficer,
    ProposalOfAnother,
    RuleChangedMeanwhile,
    RuleOfOwnCase,
)
from appraisal.domain.rules import NationalLimit, Rule, RuleBook, RuleKind, problem_of
from appraisal.domain.two_officers import TwoOfficers
from chassis.dated import fault_of_first_day
from chassis.errors import FieldError, InvalidInput
from chassis.pagination import PageRequest
from chassis.views import view_of


class ProposalState(StrEnum):
    """APPROVED: a version that is in force from its day. LAPSED: that day came, and nobody had decided."""

    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"
    LAPSED = "LAPSED"


class ProposalMove(StrEnum):
    APPROVE = "APPROVE"
    REJECT = "REJECT"
    WITHDRAW = "WITHDRAW"
    LAPSE = "LAPSE"


MOVES: dict[ProposalState, dict[ProposalMove, ProposalState]] = {
    ProposalState.PROPOSED: {
        ProposalMove.APPROVE: ProposalState.APPROVED,
        ProposalMove.REJECT: ProposalState.REJECTED,
        ProposalMove.WITHDRAW: ProposalState.WITHDRAWN,
        ProposalMove.LAPSE: ProposalState.LAPSED,
    },
    ProposalState.APPROVED: {},
    ProposalState.REJECTED: {},
    ProposalState.WITHDRAWN: {},
    ProposalState.LAPSED: {},
}
_OF_RUNNING_CASES = (RuleKind.OBJECTION, RuleKind.GRANT, RuleKind.OUTAGE)
_OF_SECOND_OFFICER = (ProposalMove.APPROVE, ProposalMove.REJECT)

OFFICERS = TwoOfficers(needs_second=ProposalNeedsSecondOfficer, of_another=ProposalOfAnother)


@dataclass(frozen=True)
class ProposeRule:
    """A dated version of a rule that an officer proposes for the agency."""

    kind: RuleKind
    effective_from: date
    value: dict[str, Any]
    legal_source: str
    verified: bool
    reason: str

    def require_usable(self, rules: RuleBook, today: date) -> None:
        """Raise InvalidInput for a value that cannot be used or goes beyond a national limit, and for a day gone by."""
        require_usable(view_of(Rule, self, rule_version="", gives_way=False), rules, today)


@dataclass(frozen=True)
class DecideProposal:
    proposal_id: UUID
    reason: str
    expected_version: int | None


@dataclass(frozen=True)
class ListProposals:
    page: PageRequest
    state: ProposalState | None = None
    kind: RuleKind | None = None


@dataclass(frozen=True)
class OwnCases:
    """What runs about an officer: the years whose annual evaluation is issued or objected to."""

    annual: tuple[int, ...] = ()

    def are_touched_by(self, kind: RuleKind) -> bool:
        """Return whether a rule of this kind could have an effect on one of them.

        An opened period keeps the versions that it has, and what fell due lapses by the rule of that day, so no other
        kind can.
        """
        return bool(self.annual) and kind in _OF_RUNNING_CASES

    def require_untouched(self, kind: RuleKind, whose: str = "Anda") -> None:
        """Raise RuleOfOwnCase when a rule of this kind could have an effect on one of them."""
        if self.are_touched_by(kind):
            years = ", ".join(map(str, self.annual))
            raise RuleOfOwnCase(kind=in_words(kind), whose=whose, cases=f"evaluasi tahunan {years}")


@dataclass(frozen=True)
class RuleProposal:
    """A proposal; `by_subordinate`: who decided is the proposer's direct subordinate, which is shown and audited."""

    id: UUID
    kind: RuleKind
    effective_from: date
    value: dict[str, Any]
    legal_source: str
    verified: bool
    reason: str
    state: ProposalState
    known_versions: tuple[str, ...]
    proposed_by: UUID
    proposed_at: datetime
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    decision_reason: str = ""
    by_subordinate: bool = False
    rule_version: str | None = None
    version: int = 1

    @classmethod
    def made(
        cls, proposal_id: UUID, command: ProposeRule, rules: RuleBook, by: UUID, now: datetime, today: date
    ) -> "RuleProposal":
        """Make a proposal on the versions that are known. Raise InvalidInput."""
        command.require_usable(rules, today)
        return view_of(
            cls,
            command,
            id=proposal_id,
            state=ProposalState.PROPOSED,
            known_versions=rules.versions(command.kind),
            proposed_by=by,
            proposed_at=now,
            decided_by=None,
            decided_at=None,
            decision_reason="",
            by_subordinate=False,
            rule_version=None,
            version=1,
        )

    def rule(self, agency_id: str) -> Rule:
        """Return the version that comes of it."""
        version = f"{agency_id}/{self.effective_from.isoformat()}/{str(self.id)[-6:]}"
        return view_of(Rule, self, rule_version=version, gives_way=False)

    def moves(self, by: UUID | None, own: OwnCases, today: date) -> tuple[ProposalMove, ...]:
        """Return what an officer may do with it today, whose own cases are these."""
        possible = tuple(move for move in MOVES[self.state] if move is not ProposalMove.LAPSE)
        if by is None or not possible:
            return ()
        if by == self.proposed_by:
            return (ProposalMove.WITHDRAW,)
        may_approve = today <= self.effective_from and not own.are_touched_by(self.kind)
        return _OF_SECOND_OFFICER if may_approve else (ProposalMove.REJECT,)

    def approved(
        self, rules: RuleBook, agency_id: str, by: UUID, reason: str, now: datetime, today: date
    ) -> "RuleProposal":
        """Return it approved by a second officer.

        Raise ProposalNeedsSecondOfficer; RuleChangedMeanwhile when the kind has another version since; InvalidInput
        when its day is past by now, or a national limit came meanwhile.
        """
        after = self._decided(ProposalMove.APPROVE, by, reason, now)
        if newer := [one for one in rules.versions(self.kind) if one not in self.known_versions]:
            raise RuleChangedMeanwhile(kind=in_words(self.kind), versions=", ".join(newer))
        rule = self.rule(agency_id)
        require_usable(rule, rules, today)
        return replace(after, rule_version=rule.rule_version)

    def by_official(self, *, below: bool) -> "RuleProposal":
        """Return it with whether who decided is below who proposed: allowed, for an office is often one line."""
        return replace(self, by_subordinate=below)

    def rejected(self, by: UUID, reason: str, now: datetime) -> "RuleProposal":
        """Return it rejected by a second officer. Raise ProposalNeedsSecondOfficer or ProposalMoveRefused."""
        return self._decided(ProposalMove.REJECT, by, reason, now)

    def withdrawn(self, by: UUID, reason: str, now: datetime) -> "RuleProposal":
        """Return it taken back by who proposed it. Raise ProposalOfAnother or ProposalMoveRefused."""
        OFFICERS.require_proposer(self.proposed_by, by)
        return replace(self._moved(ProposalMove.WITHDRAW), decided_by=by, decided_at=now, decision_reason=reason)

    def lapsed(self, now: datetime, today: date) -> "RuleProposal":
        """Return it lapsed when its day is past and nobody has decided; else as it is."""
        is_over = self.state is ProposalState.PROPOSED and self.effective_from < today
        return replace(self._moved(ProposalMove.LAPSE), decided_at=now) if is_over else self

    def _decided(self, move: ProposalMove, by: UUID, reason: str, now: datetime) -> "RuleProposal":
        after = self._moved(move)
        OFFICERS.require_second(self.proposed_by, by)
        return replace(after, decided_by=by, decided_at=now, decision_reason=reason)

    def _moved(self, move: ProposalMove) -> "RuleProposal":
        target = MOVES[self.state].get(move)
        if target is None:
            allowed = all_in_words(one for one in MOVES[self.state] if one is not ProposalMove.LAPSE)
            raise ProposalMoveRefused(state=in_words(self.state), move=in_words(move), allowed=allowed)
        return replace(self, state=target)


def require_usable(rule: Rule, rules: RuleBook, today: date) -> None:
    """Raise InvalidInput for a value that cannot be used or goes beyond a national limit, and for a day gone by."""
    wrong_day = fault_of_first_day("effective_from", rule.effective_from, today)
    faults = [] if wrong_day is None else [wrong_day]
    if problem := problem_of(rule.kind, rule.value):
        expected = f"bentuk yang sama dengan aturan yang berlaku ({problem})"
        faults.append(FieldError("value", "rule_unusable", None, expected[:500]))
    else:
        faults += limit_faults(rule, rules.limits_on(rule.kind, rule.effective_from))
    if faults:
        raise InvalidInput(errors=faults)


def limit_faults(rule: Rule, limits: Iterable[NationalLimit]) -> Sequence[FieldError]:
    return [fault for one in limits if (fault := one.fault(rule.value)) is not None]
