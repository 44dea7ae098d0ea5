"""Non-financial awards: nominated on the evidence of a final evaluation, granted or declined by a decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from chassis.pagination import PageRequest
from chassis.views import view_of
from directory.performance import Predicate
from incentive.domain.errors import AwardAlreadyDecided, AwardEvidenceMissing, AwardEvidenceTooWeak
from incentive.domain.predicate import FinalPredicate


class AwardState(StrEnum):
    NOMINATED = "NOMINATED"
    GRANTED = "GRANTED"
    DECLINED = "DECLINED"


# Each state, and the states that may follow it.
MOVES: Mapping[AwardState, frozenset[AwardState]] = {
    AwardState.NOMINATED: frozenset({AwardState.GRANTED, AwardState.DECLINED}),
    AwardState.GRANTED: frozenset(),
    AwardState.DECLINED: frozenset(),
}


@dataclass(frozen=True)
class AwardKindView:
    """A kind of award that holds today; `medal_years` for a service medal."""

    code: str
    label: str
    predicate_floor: Predicate | None
    medal_years: int | None


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
    version: int = 1

    @classmethod
    def nominated(
        cls,
        award_id: UUID,
        command: NominateAward,
        kind: AwardKindView,
        evidence: FinalPredicate | None,
        reference_id: UUID,
        by: UUID,
        now: datetime,
    ) -> "Award":
        """Make a nomination. Raise AwardEvidenceMissing or AwardEvidenceTooWeak."""
        if evidence is None or evidence.employee_id != command.employee_id:
            expected = "evaluasi final pegawai ini"
            fault = FieldError("evaluation_id", AwardEvidenceMissing.code, str(command.evaluation_id), expected)
            raise AwardEvidenceMissing(errors=[fault])
        if kind.predicate_floor and not evidence.predicate.at_least(kind.predicate_floor):
            raise AwardEvidenceTooWeak(predicate=evidence.predicate.value, needed=kind.predicate_floor.value)
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
            nominated_by=by,
            nominated_at=now,
            reference_id=reference_id,
        )

    def decided(self, command: DecideAward, by: UUID) -> "Award":
        """Return it granted or declined. Raise AwardAlreadyDecided."""
        target = AwardState.GRANTED if command.granted else AwardState.DECLINED
        if target not in MOVES[self.state]:
            raise AwardAlreadyDecided(state=self.state.value)
        return replace(
            self,
            state=target,
            decision_number=command.decision_number,
            decided_on=command.decided_on,
            decided_by=by,
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
    version: int

    @classmethod
    def of(cls, award: Award) -> "AwardView":
        return view_of(cls, award)


def award_kinds_from(data: Mapping[str, Any]) -> list[AwardKindView]:
    """Read the reference set AWARDS. Raise KeyError, TypeError or ValueError for data that cannot be read."""
    kinds = [
        AwardKindView(
            code=str(kind["code"]),
            label=str(kind["label"]),
            predicate_floor=Predicate(kind["predicate_floor"]) if kind.get("predicate_floor") else None,
            medal_years=int(kind["medal_years"]) if kind.get("medal_years") else None,
        )
        for kind in data["kinds"]
    ]
    if len({kind.code for kind in kinds}) != len(kinds):
        raise ValueError("code ganda")
    return kinds


def find_kind(kinds: Sequence[AwardKindView], code: str) -> AwardKindView:
    """Return the kind with this code. Raise InvalidInput with the codes there are."""
    for kind in kinds:
        if kind.code == code:
            return kind
    codes = ", ".join(kind.code for kind in kinds)
    raise InvalidInput(errors=[FieldError("kind", "award_kind_unknown", code, f"salah satu dari {codes}")])
