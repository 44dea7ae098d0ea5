"""All tables of this service, by area."""

from approvals.models import include_tables as include_proposals
from directory.models import include_tables as include_directory
from disclosure.models import include_tables as include_disclosure
from incentive.persistence.models.allowance import (
    AllowanceLine,
    AllowanceRun,
    AttendanceEntry,
    Circumstance,
    ClassAmount,
    DisciplinePenalty,
    Recalculation,
    TukinPolicy,
    UnitTotal,
)
from incentive.persistence.models.base import Base
from incentive.persistence.models.career import (
    Attestation,
    Award,
    CreditDecision,
    CreditEntry,
    CreditOpening,
    CreditUse,
    Eligibility,
    EligibilityChange,
    EligibilityDue,
    EligibilitySweep,
    ReferenceSet,
    TalentRating,
)
from incentive.persistence.models.claims import Claim, ClaimRepayment
from incentive.persistence.models.people import AgencyJobClasses, PredicateRecord, TrainingRecord

include_directory(Base.metadata)
include_disclosure(Base.metadata)
include_proposals(Base.metadata)

__all__ = [
    "AgencyJobClasses",
    "AllowanceLine",
    "AllowanceRun",
    "AttendanceEntry",
    "Attestation",
    "Award",
    "Base",
    "Circumstance",
    "Claim",
    "ClaimRepayment",
    "ClassAmount",
    "CreditDecision",
    "CreditEntry",
    "CreditOpening",
    "CreditUse",
    "DisciplinePenalty",
    "Eligibility",
    "EligibilityChange",
    "EligibilityDue",
    "EligibilitySweep",
    "PredicateRecord",
    "Recalculation",
    "ReferenceSet",
    "TalentRating",
    "TrainingRecord",
    "TukinPolicy",
    "UnitTotal",
]
