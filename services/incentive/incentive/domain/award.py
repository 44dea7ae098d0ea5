"""Non-financial awards: nominated on the evidence of a final evaluation, granted, declined or revoked by a decision."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.errors import FieldError, InvalidInput
from chassis.pagination import PageRequest
from chassis.views import view_of
from directory.performance import Predicate
from incentive.domain.award_rules import AwardKindView
from incentive.domain.errors import AwardAlreadyDecided, AwardEvidenceMissing, AwardNotGranted
from incentive.domain.predicate import FinalPredicate


class AwardState(StrEnum):
    NOMINATED = "NOMINATED"
    GRANTED = "GRANTED"
    DECLINED = "DECLINED"
    REVOKED = "REVOKED"


# Each state, and the states that may follow it.
MOVES: Mapping[AwardState, frozenset[AwardState]] = {
    AwardState.NOMINATED: frozenset({AwardState.GRANTED, AwardState.DECLINED}),
    AwardState.GRANTED: frozenset({AwardState.REVOKED}),
    AwardState.DECLINED: frozenset(),
    AwardState.REVOKED: frozenset(),
}


@dataclass(frozen=True)
class Nominator:
    """Who nominates: the account and the person."""

    account_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class NominateAward:
    employee_id: UUID
    kind: str
    year: int
    evaluation_id: UUID
    reason: str


@dataclass(frozen=True)
class DecideAward:
    award_id: UUID
    granted: bool
    decision_number: str | None
    decided_on: date
    expected_version: int | None

    def check(self) -> None:
        """Raise InvalidInput for a grant without its decision number."""
        if self.granted and not self.decision_number:
            expected = "nomor keputusan pemberian penghargaan"
            raise InvalidInput(errors=[FieldError("decision_number", "decision_number_missing", None, expected)])


@dataclass(frozen=True)
class RevokeAward:
    """Revoke an award by a numbered decision."""

    award_id: UUID
    decision_number: str
    decided_on: date
    reason: str
    expected_version: int | None


@dataclass(frozen=True)
class ListAwards:
    page: PageRequest
    employee_id: UUID | None = None


@dataclass(frozen=True)
class Award:
    id: UUID
    employee_id: UUID
    kind: str
    year: int
    state: AwardState
    evaluation_id: UUID
    evaluation_version: int
    predicate: Predicate
    period: str
    reason: str
    nominated_by: UUID
    nominated_at: datetime
    reference_id: UUID
    decision_number: str | None = None
    decided_on: date | None = None
    decided_by: UUID | None = None
    nominated_by_person: UUID | None = None
    evidence_changed_at: datetime | None = None
    revocation_number: str | None = None
    revoked_on: date | None = None
    revoked_by: UUID | None = None
    revocation_reason: str | None = None
    version: int = 1

    @classmethod
    def nominated(
        cls,
        award_id: UUID,
        command: NominateAward,
        kind: AwardKindView,
        evidence: FinalPredicate | None,
        reference_id: UUID,
        by: Nominator,
        now: datetime,
    ) -> "Award":
        """Make a nomination. Raise AwardEvidenceMissing, AwardEvidenceOfOtherPeriod or AwardEvidenceTooWeak."""
        if evidence is None or evidence.employee_id != command.employee_id:
            expected = "evaluasi final pegawai ini"
            fault = FieldError("evaluation_id", AwardEvidenceMissing.code, str(command.evaluation_id), expected)
            raise AwardEvidenceMissing(errors=[fault])
        kind.require_evidence(evidence, command.year)
        return cls(
            id=award_id,
            employee_id=command.employee_id,
            kind=command.kind,
            year=command.year,
            state=AwardState.NOMINATED,
            evaluation_id=command.evaluation_id,
            evaluation_version=evidence.version,
            predicate=evidence.predicate,
            period=evidence.period.text(),
            reason=command.reason,
            nominated_by=by.account_id,
            nominated_by_person=by.person_id,
            nominated_at=now,
            reference_id=reference_id,
        )

    def decided(self, command: DecideAward, by: UUID) -> "Award":
        """Return it granted or declined. Raise AwardAlreadyDecided."""
        target = AwardState.GRANTED if command.granted else AwardState.DECLINED
        if self.state is not AwardState.NOMINATED:
            raise AwardAlreadyDecided(state=self.state.value)
        return replace(
            self,
            state=target,
            decision_number=command.decision_number,
            decided_on=command.decided_on,
            decided_by=by,
            version=self.version + 1,
        )

    def revoked(self, command: RevokeAward, by: UUID) -> "Award":
        """Return it revoked. Raise AwardNotGranted."""
        if AwardState.REVOKED not in MOVES[self.state]:
            raise AwardNotGranted(state=self.state.value)
        return replace(
            self,
            state=AwardState.REVOKED,
            revocation_number=command.decision_number,
            revoked_on=command.decided_on,
            revoked_by=by,
            revocation_reason=command.reason,
            version=self.version + 1,
        )


@dataclass(frozen=True)
class AwardView:
    id: UUID
    employee_id: UUID
    kind: str
    year: int
    state: AwardState
    evaluation_id: UUID
    evaluation_version: int
    predicate: Predicate
    period: str
    reason: str
    nominated_by: UUID
    nominated_at: datetime
    decision_number: str | None
    decided_on: date | None
    decided_by: UUID | None
    evidence_changed_at: Annotated[datetime | None, Meta(description="the evaluation has been corrected since")]
    revocation_number: str | None
    revoked_on: date | None
    revoked_by: UUID | None
    revocation_reason: str | None
    version: int

    @classmethod
    def of(cls, award: Award) -> "AwardView":
        return view_of(cls, award)
