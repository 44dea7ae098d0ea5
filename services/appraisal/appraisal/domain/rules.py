"""The dated reference data that the rules of this service read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any

from msgspec import Meta

from appraisal.domain.anomaly import LEAST, MOST, AnomalyThresholds
from appraisal.domain.deadlines import ObjectionRule
from appraisal.domain.distribution import DistributionRule
from appraisal.domain.follow_up import LONGEST_ROW, FollowUpRule
from appraisal.domain.periods import WindowRule
from appraisal.domain.rating import PredicateMatrix
from appraisal.domain.reminders import ReminderRule
from appraisal.domain.review_rule import ReviewRule
from appraisal.domain.values import BehaviourValue, OrgPredicate, Periodicity, RatingLevel
from chassis.errors import FieldError
from chassis.views import view_of
from directory.performance import Predicate

LONGEST = 366


class RuleKind(StrEnum):
    PREDICATE_MATRIX = "PREDICATE_MATRIX"
    PERIODIC_WINDOW = "PERIODIC_WINDOW"
    ANNUAL_WINDOW = "ANNUAL_WINDOW"
    OBJECTION = "OBJECTION"
    DISTRIBUTION = "DISTRIBUTION"
    FOLLOW_UP = "FOLLOW_UP"
    BEHAVIOUR_GUIDES = "BEHAVIOUR_GUIDES"
    SMALL_GROUP = "SMALL_GROUP"
    MINIMUM_DAYS = "MINIMUM_DAYS"
    CLOSE_OUT = "CLOSE_OUT"
    PLAN_DUE = "PLAN_DUE"
    LAPSE = "LAPSE"
    OUTAGE = "OUTAGE"
    GRANT = "GRANT"
    EXTENSION = "EXTENSION"
    DIALOGUE = "DIALOGUE"
    CYCLE = "CYCLE"
    EXTREME_REVIEW = "EXTREME_REVIEW"
    ANOMALY = "ANOMALY"
    REMINDER = "REMINDER"


@dataclass(frozen=True)
class OutageRule:
    """Days added to the length of an outage, and the longest one that is plausible."""

    grace_days: int
    longest_days: int


@dataclass(frozen=True)
class Rule:
    """A dated version. A national one that `gives_way` is our choice, no law: an agency's own earlier one holds on."""

    kind: RuleKind
    rule_version: str
    effective_from: date
    value: dict[str, Any]
    legal_source: str
    verified: bool
    gives_way: bool = False


@dataclass(frozen=True)
class NationalLimit:
    """How far one field of a rule may go, by national law or for want of one by this system's own reading of it.

    The field is a number or a predicate, of which a better one counts as more; with `counted_from` it is the number of
    days since another field. `unless` is the value that switches the field off.
    """

    kind: RuleKind
    field: str
    effective_from: date
    legal_source: str
    verified: bool
    least: int | str | None = None
    most: int | str | None = None
    counted_from: str = ""
    unless: int | None = None

    @property
    def expected(self) -> str:
        bounds = (("paling sedikit", self.least), ("paling banyak", self.most))
        words = " dan ".join(f"{word} {bound}" for word, bound in bounds if bound is not None)
        since = f" sesudah {self.counted_from}" if self.counted_from else ""
        off = "" if self.unless is None else f", atau {self.unless}"
        return f"{words}{since}{off} ({self.legal_source})"

    def fault(self, value: Mapping[str, Any]) -> FieldError | None:
        """Return what is wrong about a rule's value, or None when it keeps to the limit."""
        if self.applied_to(value) == value:
            return None
        return FieldError(f"value.{self.field}", "beyond_national_limit", _at(value, self.field), self.expected)

    def applied_to(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a rule's value with the field moved to the limit where it goes beyond it."""
        found = _at(value, self.field)
        if self.unless is not None and int(found) == self.unless:
            return value
        start = int(_at(value, self.counted_from)) if self.counted_from else 0
        for bound, sign in ((self.least, 1), (self.most, -1)):
            if bound is not None and sign * (_rank(found) - start) < sign * _rank(bound):
                return _put(value, self.field, start + bound if isinstance(bound, int) else bound)
        return value


def _rank(value: Any) -> int:
    merit = list(reversed(Predicate))
    return merit.index(Predicate(value)) if value in merit else int(value)


def _at(value: Mapping[str, Any], path: str) -> Any:
    name, _, rest = path.partition(".")
    return _at(value[name], rest) if rest else value[name]


def _put(value: Mapping[str, Any], path: str, new: Any) -> Mapping[str, Any]:
    name, _, rest = path.partition(".")
    return {**value, name: _put(value[name], rest, new) if rest else new}


@dataclass(frozen=True)
class RuleBook:
    """The rules in force for one agency; an agency's own win over national ones of the same or an earlier date.

    Of the kinds that are `pinned`, this version holds on every day. Whatever a version says, the national limits of the
    day come first, also those that came after it.
    """

    rules: tuple[Rule, ...]
    pinned: Mapping[RuleKind, str] = field(default_factory=dict)
    limits: tuple[NationalLimit, ...] = ()

    def on(self, kind: RuleKind, day: date) -> Rule:
        return self.within_limits(self._version_on(kind, day), day)

    def within_limits(self, rule: Rule, day: date) -> Rule:
        """Return a version with its value moved to the national limits of a day where it goes beyond them."""
        value: Mapping[str, Any] = rule.value
        for limit in self.limits_on(rule.kind, day):
            value = limit.applied_to(value)
        return rule if value is rule.value else replace(rule, value=dict(value))

    def limits_on(self, kind: RuleKind, day: date) -> list[NationalLimit]:
        return [one for one in self.limits if one.kind is kind and one.effective_from <= day]

    def versions(self, kind: RuleKind) -> tuple[str, ...]:
        return tuple(one.rule_version for one in self.rules if one.kind is kind)

    def plus(self, rule: Rule) -> "RuleBook":
        """Return the rules with a further version of the agency's own, to which a national one may give way."""

        def is_before(one: Rule) -> bool:
            return one.effective_from <= rule.effective_from or (one.gives_way and one.kind is rule.kind)

        before, later = filter(is_before, self.rules), (one for one in self.rules if not is_before(one))
        return replace(self, rules=(*before, rule, *later))

    def _version_on(self, kind: RuleKind, day: date) -> Rule:
        dated = [r for r in self.rules if r.kind is kind]
        if pinned := [r for r in dated if r.rule_version == self.pinned.get(kind)]:
            return pinned[-1]
        in_force = [r for r in dated if r.effective_from <= day]
        return in_force[-1] if in_force else dated[0]

    def matrix(self, day: date) -> PredicateMatrix:
        return PredicateMatrix.parse(self.on(RuleKind.PREDICATE_MATRIX, day).value)

    def rating_window(self, day: date, *, annual: bool) -> WindowRule:
        value = self.on(RuleKind.ANNUAL_WINDOW if annual else RuleKind.PERIODIC_WINDOW, day).value
        return WindowRule(int(value["opens_after_days"]), int(value["closes_after_days"]))

    def objection(self, day: date) -> ObjectionRule:
        return ObjectionRule.parse(self.on(RuleKind.OBJECTION, day).value)

    def receipt(self, day: date) -> ObjectionRule:
        """Return the rule of receipts for what is issued on a day, whatever is pinned: silence is held against nobody
        for longer than the rule of the day says.
        """
        return replace(self, pinned={}).objection(day)

    def distribution(self, day: date) -> DistributionRule:
        return DistributionRule.parse(self.on(RuleKind.DISTRIBUTION, day).value)

    def follow_up(self, day: date) -> FollowUpRule:
        return FollowUpRule.parse(self.on(RuleKind.FOLLOW_UP, day).value)

    def guides(self, day: date) -> dict[BehaviourValue, Mapping[str, Any]]:
        value = self.on(RuleKind.BEHAVIOUR_GUIDES, day).value
        return {v: value[v.value] for v in BehaviourValue}

    def close_out_days(self, day: date) -> int:
        return int(self.on(RuleKind.CLOSE_OUT, day).value["days"])

    def minimum_days(self, day: date) -> int:
        return int(self.on(RuleKind.MINIMUM_DAYS, day).value["working_days"])

    def plan_due_days(self, day: date) -> int:
        return int(self.on(RuleKind.PLAN_DUE, day).value["days"])

    def lapse_days(self, day: date) -> int | None:
        """Return how many days after its window an evaluation that nobody made lapses; None: it never does."""
        days = int(self.on(RuleKind.LAPSE, day).value["evaluation_days"])
        return days if days >= 0 else None

    def periodicity(self, day: date) -> Periodicity:
        return Periodicity(self.on(RuleKind.CYCLE, day).value["periodic"])

    def outage(self, day: date) -> OutageRule:
        value = self.on(RuleKind.OUTAGE, day).value
        return OutageRule(int(value["grace_days"]), int(value["longest_days"]))

    def longest_grant(self, day: date) -> int:
        return int(self.on(RuleKind.GRANT, day).value["longest_days"])

    def longest_extension(self, day: date) -> int:
        """Return so many days after a period's last day its window may be open at most, by an extension."""
        return int(self.on(RuleKind.EXTENSION, day).value["longest_days"])

    def dialogue_days(self, day: date) -> int:
        return int(self.on(RuleKind.DIALOGUE, day).value["answer_days"])

    def review(self, day: date) -> ReviewRule:
        return ReviewRule.parse(self.on(RuleKind.EXTREME_REVIEW, day).value)

    def anomaly(self, day: date) -> AnomalyThresholds:
        return AnomalyThresholds.parse(self.on(RuleKind.ANOMALY, day).value)

    def reminder(self, day: date) -> ReminderRule:
        return ReminderRule.parse(self.on(RuleKind.REMINDER, day).value)

    def small_group(self, day: date) -> int:
        return int(self.on(RuleKind.SMALL_GROUP, day).value["smallest"])


def rule_book(national: Iterable[Rule], own: Iterable[Rule], limits: Iterable[NationalLimit] = ()) -> RuleBook:
    """Order rules by date, an agency's own after the national one of the same day."""
    own = tuple(own)
    rows = [(_place(r, own), 0, r) for r in national] + [(r.effective_from, 1, r) for r in own]
    rules = tuple(r for _, _, r in sorted(rows, key=lambda row: (row[0], row[1])))
    return RuleBook(rules, limits=tuple(limits))


def _place(national: Rule, own: Iterable[Rule]) -> date:
    """Return the day by which a national version is ordered; one that gives way comes before an agency's own."""
    dates = [r.effective_from for r in own if national.gives_way and r.kind is national.kind]
    return min([national.effective_from, *dates])


@dataclass(frozen=True)
class RuleSourceView:
    """The version of a rule, and the legal text it comes from."""

    rule_version: str
    effective_from: date
    legal_source: str
    verified: Annotated[bool, Meta(description="false: the legal text was not seen; the agency is to confirm it")]

    @classmethod
    def of(cls, rule: Rule) -> "RuleSourceView":
        return view_of(cls, rule)


def problem_of(kind: RuleKind, value: dict[str, Any]) -> str | None:
    """Return why a rule's value cannot be used, or None when it can."""
    book = RuleBook((Rule(kind, "", date.min, value, "", verified=False),))
    readers: dict[RuleKind, Callable[[RuleBook], str | None]] = {
        RuleKind.PREDICATE_MATRIX: lambda b: _matrix_problem(b.matrix(date.max)),
        RuleKind.PERIODIC_WINDOW: lambda b: _window_problem(b.rating_window(date.max, annual=False)),
        RuleKind.ANNUAL_WINDOW: lambda b: _window_problem(b.rating_window(date.max, annual=True)),
        RuleKind.OBJECTION: _objection_problem,
        RuleKind.DISTRIBUTION: _distribution_problem,
        RuleKind.FOLLOW_UP: lambda b: _range_problem(
            "repeated_after", b.follow_up(date.max).repeated_after, 1, LONGEST_ROW
        ),
        RuleKind.BEHAVIOUR_GUIDES: _guides_problem,
        RuleKind.SMALL_GROUP: lambda b: _range_problem("smallest", b.small_group(date.max), 1, 100),
        RuleKind.CLOSE_OUT: lambda b: _range_problem("days", b.close_out_days(date.max), 0, LONGEST),
        RuleKind.PLAN_DUE: lambda b: _range_problem("days", b.plan_due_days(date.max), 0, LONGEST),
        RuleKind.LAPSE: lambda b: _range_problem("evaluation_days", b.lapse_days(date.max) or 0, 0, LONGEST),
        RuleKind.OUTAGE: _outage_problem,
        RuleKind.GRANT: lambda b: _range_problem("longest_days", b.longest_grant(date.max), 1, LONGEST),
        RuleKind.EXTENSION: lambda b: _range_problem("longest_days", b.longest_extension(date.max), 1, LONGEST),
        RuleKind.DIALOGUE: lambda b: _range_problem("answer_days", b.dialogue_days(date.max), 1, LONGEST),
        RuleKind.MINIMUM_DAYS: lambda b: _range_problem("working_days", b.minimum_days(date.max), 1, LONGEST),
        RuleKind.EXTREME_REVIEW: lambda b: b.review(date.max).problem,
        RuleKind.CYCLE: lambda b: None if b.periodicity(date.max) else "",
        RuleKind.ANOMALY: _anomaly_problem,
        RuleKind.REMINDER: lambda b: b.reminder(date.max).problem,
    }
    try:
        return readers[kind](book)
    except (KeyError, ValueError, TypeError, AssertionError, AttributeError, ArithmeticError) as error:
        return f"{type(error).__name__}: {error}"


def _matrix_problem(matrix: PredicateMatrix) -> str | None:
    """A better level never leads to a worse predicate, whatever the other level is."""
    levels = list(RatingLevel)
    for better, worse in pairwise(levels):
        for other in levels:
            for above, below in (((better, other), (worse, other)), ((other, better), (other, worse))):
                if not matrix.cells[above].at_least(matrix.cells[below]):
                    return f"{'.'.join(above)}: tidak lebih rendah daripada {'.'.join(below)}"
    return None


def _range_problem(name: str, number: int, least: int, most: int) -> str | None:
    return None if least <= number <= most else f"{name}: {least} sampai {most}"


def _window_problem(rule: WindowRule) -> str | None:
    if rule.closes_after_days < rule.opens_after_days:
        return "closes_after_days: tidak sebelum opens_after_days"
    opens = _range_problem("opens_after_days", rule.opens_after_days, -LONGEST, LONGEST)
    return opens or _range_problem("closes_after_days", rule.closes_after_days, -LONGEST, LONGEST)


def _objection_problem(book: RuleBook) -> str | None:
    rule = book.objection(date.max)
    deemed = 0 if rule.deemed_receipt_days is None else rule.deemed_receipt_days
    return (
        _range_problem("objection_days", rule.objection_days, 1, LONGEST)
        or _range_problem("decision_days", rule.decision_days, 1, LONGEST)
        or _range_problem("deemed_receipt_days", deemed, 0, LONGEST)
        or _range_problem("reminder_days", rule.reminder_days, 1, LONGEST)
        or _range_problem("reminders", rule.reminders, 0, 12)
        or _range_problem("statement_days", rule.statement_days, 0, rule.decision_days - 1)
        or _range_problem("examination_notice_days", rule.examination_notice_days, 0, LONGEST)
    )


def _outage_problem(book: RuleBook) -> str | None:
    rule = book.outage(date.max)
    grace = _range_problem("grace_days", rule.grace_days, 0, LONGEST)
    return grace or _range_problem("longest_days", rule.longest_days, 1, LONGEST)


def _anomaly_problem(book: RuleBook) -> str | None:
    numbers = asdict(book.anomaly(date.max)).items()
    faults = (_range_problem(name, number, LEAST[name], MOST[name]) for name, number in numbers)
    return next((one for one in faults if one is not None), None)


def _distribution_problem(book: RuleBook) -> str | None:
    rule = book.distribution(date.max)
    missing = [o.value for o in OrgPredicate if o not in rule.constraints]
    if missing:
        return f"constraints: lengkapi {', '.join(missing)}"
    shares = [c.share for row in rule.constraints.values() for c in row]
    return None if all(0 <= s <= 1 for s in shares) else "share: 0 sampai 1"


def _guides_problem(book: RuleBook) -> str | None:
    for value, entry in book.guides(date.max).items():
        texts = [entry["name"], *entry["guides"]]
        if not isinstance(entry["guides"], list) or not all(isinstance(item, str) for item in texts):
            return f"{value}: name dan guides berupa teks"
    return None
