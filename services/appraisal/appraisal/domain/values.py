"""The enumerations of performance management, as the API and the events spell them."""

from enum import StrEnum


class RatingLevel(StrEnum):
    """One axis of an evaluation against expectation, best first (SIASN codes 1, 2, 3)."""

    ABOVE = "ABOVE"
    MEETS = "MEETS"
    BELOW = "BELOW"


class OrgPredicate(StrEnum):
    OUTSTANDING = "OUTSTANDING"
    GOOD = "GOOD"
    NEEDS_IMPROVEMENT = "NEEDS_IMPROVEMENT"
    POOR = "POOR"
    VERY_POOR = "VERY_POOR"


class PeriodKind(StrEnum):
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


class Periodicity(StrEnum):
    """How often an agency evaluates within a year (SIASN codes 1 = monthly, 2 = quarterly)."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"

    @property
    def kind(self) -> PeriodKind:
        return PeriodKind(self.value)


class PlanModel(StrEnum):
    QUANTITATIVE = "QUANTITATIVE"
    QUALITATIVE = "QUALITATIVE"


class PlanState(StrEnum):
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    ACTIVE = "ACTIVE"
    REVISED = "REVISED"
    CLOSED = "CLOSED"


class ResultKind(StrEnum):
    MAIN = "MAIN"
    EXTRA = "EXTRA"


class Aspect(StrEnum):
    QUANTITY = "QUANTITY"
    QUALITY = "QUALITY"
    TIME = "TIME"
    COST = "COST"


class Perspective(StrEnum):
    """What a high leader's (JPT) result serves, in the place of a superior's result."""

    SERVICE_RECIPIENTS = "SERVICE_RECIPIENTS"
    BUSINESS_PROCESS = "BUSINESS_PROCESS"
    INTERNAL_STRENGTHENING = "INTERNAL_STRENGTHENING"
    BUDGET = "BUDGET"


class BehaviourValue(StrEnum):
    """The seven BerAKHLAK core values."""

    BP = "BP"
    AK = "AK"
    KO = "KO"
    HA = "HA"
    LO = "LO"
    AD = "AD"
    KL = "KL"


class EvaluationKind(StrEnum):
    PERIODIC = "PERIODIC"
    ANNUAL = "ANNUAL"


class EvaluationState(StrEnum):
    """IN_REVIEW: its appraiser has finished it, and the next level looks at it before the employee reads it."""

    PROPOSED = "PROPOSED"
    IN_REVIEW = "IN_REVIEW"
    ISSUED = "ISSUED"
    OBJECTED = "OBJECTED"
    FINAL = "FINAL"


# What the employee does not read, nor learn of, yet.
UNDISCLOSED = (EvaluationState.PROPOSED, EvaluationState.IN_REVIEW)


class CompletedBy(StrEnum):
    APPRAISER = "APPRAISER"
    ACCEPTED = "ACCEPTED"
    WINDOW_EXPIRED = "WINDOW_EXPIRED"
    DECIDED = "DECIDED"


class Receipt(StrEnum):
    """How the employee received the annual document."""

    CONFIRMED = "CONFIRMED"
    DEEMED = "DEEMED"


class Outcome(StrEnum):
    """What a decision on an objection does to the rating."""

    KEPT = "KEPT"
    CHANGED = "CHANGED"


class ObjectionEnd(StrEnum):
    """How an objection has ended: by a decision, or WITHDRAWN by who filed it."""

    KEPT = "KEPT"
    CHANGED = "CHANGED"
    WITHDRAWN = "WITHDRAWN"


class GiverRole(StrEnum):
    APPRAISER = "APPRAISER"
    PEER = "PEER"
    SUBORDINATE = "SUBORDINATE"


class FollowUpKind(StrEnum):
    COACHING = "COACHING"
    COUNSELLING = "COUNSELLING"


class FollowUpState(StrEnum):
    OPEN = "OPEN"
    CLOSED = "CLOSED"


class Capacity(StrEnum):
    """The office in which somebody rated, decided or corrected."""

    APPRAISER = "APPRAISER"
    ACTING = "ACTING"  # Plt. or Plh.
    DELEGATE = "DELEGATE"
    EXTERNAL = "EXTERNAL"
    REVIEWER = "REVIEWER"
    DESIGNATED = "DESIGNATED"
    HR = "HR"


APPRAISING = (Capacity.APPRAISER, Capacity.ACTING, Capacity.DELEGATE, Capacity.EXTERNAL)
EDITABLE = frozenset({PlanState.DRAFT, PlanState.RETURNED, PlanState.REVISED})
