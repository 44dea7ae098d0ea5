"""What eligibility is assessed by: one person's career as this service knows it, and the rules as reference data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel
from directory.performance import Predicate
from incentive.domain.credit import CreditRules, credit_rules_from
from incentive.domain.values import EligibilityKind, PenaltyLevel


@dataclass(frozen=True)
class Career:
    """Ratings, time, credit, penalties and what HR attests; there is no field for anything about wellbeing."""

    employment_type: EmploymentType
    status: EmployeeStatus
    grade: str
    grade_since: date | None
    service_start: date | None
    position_kind: PositionKind | None = None
    position_level: PositionLevel | None = None
    annual: Mapping[int, Predicate] = field(default_factory=dict)
    credit_balance: Decimal = Decimal(0)
    entry_grade: str | None = None
    vacancy: bool = False
    competency_test: bool = False
    professional_development: bool = False
    last_raise_on: date | None = None
    penalties: frozenset[PenaltyLevel] = frozenset()
    unpaid_leave_taken: bool = False
    medals: frozenset[int] = frozenset()
    training_hours: Mapping[int, int] = field(default_factory=dict)
    changes_on: date | None = None


@dataclass(frozen=True)
class Reason:
    """One condition: whether it is met, by what value, against what requirement, and by which source."""

    code: str
    met: bool
    value: str
    required: str
    source: str


@dataclass(frozen=True)
class Finding:
    """The outcome for one kind; `review_on` is the day on which time alone may change it."""

    kind: EligibilityKind
    eligible: bool
    reasons: tuple[Reason, ...]
    review_on: date | None = None

    @property
    def missing(self) -> list[str]:
        return [reason.code for reason in self.reasons if not reason.met]


@dataclass(frozen=True)
class RankRule:
    """Conditions of a rank promotion, regular or of a functional position."""

    years_in_rank: int
    predicate_years: int
    predicate_floor: Predicate
    level_ceiling: bool
    min_training_hours: int | None
    source: str


@dataclass(frozen=True)
class RaiseRule:
    every_years: int
    predicate_years: int
    predicate_floor: Predicate
    notice_months: int
    first_after_years: Mapping[str, int]
    source: str


@dataclass(frozen=True)
class EligibilityRules:
    credit: CreditRules
    credit_source: str
    rank_regular: RankRule
    rank_functional: RankRule
    level_source: str
    professional_development_for: frozenset[PositionLevel]
    raise_pns: RaiseRule
    raise_pppk: RaiseRule
    medal_years: tuple[int, ...]
    medal_forbidden: frozenset[PenaltyLevel]
    medal_source: str


def eligibility_rules_from(credit: Mapping[str, Any], data: Mapping[str, Any], credit_source: str) -> EligibilityRules:
    """Read the reference sets CREDIT and ELIGIBILITY."""
    level, medal = data["level_promotion"], data["service_medal"]
    return EligibilityRules(
        credit=credit_rules_from(credit),
        credit_source=credit_source,
        rank_regular=_rank(data["rank_promotion"]["regular"]),
        rank_functional=_rank(data["rank_promotion"]["functional"]),
        level_source=level["source"],
        professional_development_for=frozenset(PositionLevel(item) for item in level["professional_development_for"]),
        raise_pns=_raise(data["periodic_raise"]["pns"]),
        raise_pppk=_raise(data["periodic_raise"]["pppk"]),
        medal_years=tuple(int(year) for year in medal["years"]),
        medal_forbidden=frozenset(PenaltyLevel(item) for item in medal["forbidden_penalties"]),
        medal_source=medal["source"],
    )


def _rank(data: Mapping[str, Any]) -> RankRule:
    hours = data.get("min_training_hours")
    return RankRule(
        years_in_rank=int(data["years_in_rank"]),
        predicate_years=int(data["predicate_years"]),
        predicate_floor=Predicate(data["predicate_floor"]),
        level_ceiling=bool(data["level_ceiling"]),
        min_training_hours=None if hours is None else int(hours),
        source=data["source"],
    )


def _raise(data: Mapping[str, Any]) -> RaiseRule:
    return RaiseRule(
        every_years=int(data["every_years"]),
        predicate_years=int(data["predicate_years"]),
        predicate_floor=Predicate(data["predicate_floor"]),
        notice_months=int(data["notice_months"]),
        first_after_years={grade: int(years) for grade, years in data.get("first_after_years", {}).items()},
        source=data["source"],
    )


REASONS = {
    "employment_type": "Jenis kepegawaian yang berhak",
    "active": "Berstatus aktif",
    "years_in_rank": "Masa kerja dalam pangkat",
    "predicates": "Predikat kinerja tahun-tahun terakhir",
    "next_grade": "Masih ada golongan di atasnya",
    "credit": "Angka kredit kumulatif",
    "level_allows_grade": "Jenjang jabatan memungkinkan golongan berikutnya",
    "training_hours": "Jam pelajaran tahun lalu",
    "functional_position": "Menduduki jabatan fungsional",
    "next_level": "Masih ada jenjang di atasnya",
    "vacancy": "Tersedia lowongan kebutuhan jabatan",
    "competency_test": "Lulus uji kompetensi",
    "professional_development": "Bukti pengembangan profesi",
    "raise_due": "Jatuh tempo kenaikan gaji berkala",
    "service_years": "Masa kerja sejak CPNS",
    "unbroken_service": "Masa kerja tidak terputus",
    "no_discipline_penalty": "Tidak pernah dijatuhi hukuman disiplin sedang atau berat",
}
