"""What an award rests on: a final evaluation of its own period, and for a service medal unbroken, clean service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from msgspec import Meta

from chassis.errors import FieldError, InvalidInput
from directory.performance import Predicate
from incentive.domain.errors import AwardEvidenceOfOtherPeriod, AwardEvidenceTooWeak
from incentive.domain.predicate import FinalPredicate

# A medal of a year is proposed before that year is evaluated.
MEDAL_EVIDENCE_YEARS_BACK = 1


@dataclass(frozen=True)
class AwardKindView:
    """A kind of award that holds today; `medal_years` for a service medal."""

    code: str
    label: str
    predicate_floor: Predicate | None
    medal_years: int | None
    evidence_years_back: Annotated[int, Meta(description="how many years before its own the evaluation may be of")] = 0

    @property
    def is_medal(self) -> bool:
        return self.medal_years is not None

    def require_evidence(self, evidence: FinalPredicate, year: int) -> None:
        """Raise AwardEvidenceOfOtherPeriod or AwardEvidenceTooWeak."""
        earliest = year - self.evidence_years_back
        if not earliest <= evidence.period.year <= year:
            needed = str(year) if earliest == year else f"{earliest} sampai {year}"
            raise AwardEvidenceOfOtherPeriod(period=evidence.period.text(), year=year, needed=needed)
        if self.predicate_floor and not evidence.predicate.at_least(self.predicate_floor):
            raise AwardEvidenceTooWeak(predicate=evidence.predicate.value, needed=self.predicate_floor.value)


def award_kinds_from(data: Mapping[str, Any]) -> list[AwardKindView]:
    """Read the reference set AWARDS. Raise KeyError, TypeError or ValueError for data that cannot be read."""
    kinds = [_kind_from(kind) for kind in data["kinds"]]
    if len({kind.code for kind in kinds}) != len(kinds):
        raise ValueError("code ganda")
    return kinds


def _kind_from(kind: Mapping[str, Any]) -> AwardKindView:
    medal_years = int(kind["medal_years"]) if kind.get("medal_years") else None
    default = MEDAL_EVIDENCE_YEARS_BACK if medal_years else 0
    return AwardKindView(
        code=str(kind["code"]),
        label=str(kind["label"]),
        predicate_floor=Predicate(kind["predicate_floor"]) if kind.get("predicate_floor") else None,
        medal_years=medal_years,
        evidence_years_back=int(kind.get("evidence_years_back", default)),
    )


def find_kind(kinds: Sequence[AwardKindView], code: str) -> AwardKindView:
    """Return the kind with this code. Raise InvalidInput with the codes there are."""
    for kind in kinds:
        if kind.code == code:
            return kind
    codes = ", ".join(kind.code for kind in kinds)
    raise InvalidInput(errors=[FieldError("kind", "award_kind_unknown", code, f"salah satu dari {codes}")])
