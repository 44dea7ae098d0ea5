"""The setting of an agency: its time zone, its rules, and what day it is there."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from appraisal.domain.cycle import PeriodRow, row_of
from appraisal.domain.deadlines import ObjectionDeadlines, ObjectionRule, deadline_after, start_of_day
from appraisal.domain.errors import RatingWindowClosed
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.periods import Period, Window, local_date, rating_window
from appraisal.domain.rating import Rating, RatingInput, rate
from appraisal.domain.review_rule import ReviewRule
from appraisal.domain.rules import RuleBook, RuleKind
from appraisal.domain.spans import Days, Span
from chassis.indonesian import moment_in_words

_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Lapse:
    """After how many days lapses what falls due in a span: as long as one version of the rule is in force."""

    since: datetime
    until: datetime | None
    days: int


@dataclass(frozen=True)
class AgencySetting:
    """Loaded for a period it has that period's row, and the rules as they are pinned for it.

    Of a year it has the rows of all periods. There is none while the year has not been opened.
    """

    time_zone: str
    rules: RuleBook
    today: date
    rows: tuple[PeriodRow, ...] = ()

    def window(self, period: Period) -> Window:
        row = row_of(self.rows, period)
        if row is not None:
            return row.window
        rule = self.rules.rating_window(period.last_day, annual=period.is_year)
        return rating_window(rule, period)

    def rules_of(self, row: PeriodRow) -> RuleBook:
        return replace(self.rules, pinned=row.pinned)

    def require_open(self, period: Period) -> None:
        """Raise RatingWindowClosed unless the period may be rated today."""
        window = self.window(period)
        if not window.contains(self.today):
            raise RatingWindowClosed(
                period=str(period),
                opens_on=window.opens_on.isoformat(),
                closes_on=window.closes_on.isoformat(),
                today=self.today.isoformat(),
            )

    def rate(self, period: Period, found: RatingInput) -> tuple[Rating, str]:
        """Return the rating by the matrix that holds for the period, and the version of that matrix.

        Raise InvalidInput when an extreme rating lacks its reason.
        """
        version = self.rules.on(RuleKind.PREDICATE_MATRIX, period.last_day).rule_version
        return rate(self.rules.matrix(period.last_day), found), version

    def span_of(self, days: Days) -> Span:
        return Span.of(days, self.time_zone)

    def end_of(self, period: Period) -> datetime:
        """Return the first moment after a period."""
        return self.span_of(period).ends

    def local_date(self, moment: datetime) -> date:
        return local_date(moment, self.time_zone)

    @property
    def review_rule(self) -> ReviewRule:
        """Return the rule of today: it decides about what is finished today, and nothing that is under review."""
        return self.rules.review(self.today)

    def objection_rule(self, moment: datetime) -> ObjectionRule:
        return self.rules.objection(self.local_date(moment))

    def objection_deadlines(self, filed_at: datetime) -> ObjectionDeadlines:
        """Return until when the appraiser is to answer an objection, and until when it is to be decided."""
        rule = self.objection_rule(filed_at)
        statement_by, decide_by = (
            self.deadline(filed_at, rule.statement_days),
            self.deadline(filed_at, rule.decision_days),
        )
        return ObjectionDeadlines(statement_by, decide_by)

    def deemed_receipt(self, evaluation: Evaluation) -> datetime | None:
        """Return when an issued evaluation counts as received; None for never, or for a proposal."""
        if evaluation.issued_at is None:
            return None
        days = self.rules.receipt(self.local_date(evaluation.issued_at)).deemed_receipt_days
        return None if days is None else self.deadline(evaluation.issued_at, days)

    def lapses(self) -> list[Lapse]:
        """Return the spans in whose obligations the agency's rule lets an evaluation lapse: each keeps its number."""
        starts = sorted({one.effective_from for one in self.rules.rules if one.kind is RuleKind.LAPSE})
        ends = [start_of_day(day, self.time_zone) for day in starts[1:]]
        found = zip(starts, [_EVER, *ends], [*ends, None], strict=True)
        days = ((self.rules.lapse_days(day), since, until) for day, since, until in found)
        return [Lapse(since, until, number) for number, since, until in days if number is not None]

    def in_words(self, moment: datetime) -> str:
        """Return a moment in Indonesian, in the agency's zone and with its name."""
        return moment_in_words(moment, self.time_zone)

    def deadline(self, start: datetime, days: int) -> datetime:
        return deadline_after(start, days, self.time_zone)
