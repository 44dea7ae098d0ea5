"""The setting of an agency: its time zone, its rules, and what day it is there."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from appraisal.domain.deadlines import ObjectionRule, deadline_after
from appraisal.domain.errors import RatingWindowClosed
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.periods import Period, Window, local_date, rating_window
from appraisal.domain.rating import Rating, RatingInput, rate
from appraisal.domain.rules import RuleBook, RuleKind
from chassis.indonesian import moment_in_words


@dataclass(frozen=True)
class AgencySetting:
    """`extended_to` is the extension of the period for which the setting was loaded."""

    time_zone: str
    rules: RuleBook
    extended_to: date | None
    today: date

    def window(self, period: Period) -> Window:
        rule = self.rules.rating_window(period.last_day, annual=period.quarter is None)
        return rating_window(rule, period, self.extended_to)

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
        """Return the rating by the matrix in force when the period ended, and the version of that matrix.

        Raise InvalidInput when a level below expectation lacks its reason.
        """
        version = self.rules.on(RuleKind.PREDICATE_MATRIX, period.last_day).rule_version
        return rate(self.rules.matrix(period.last_day), found), version

    def end_of(self, period: Period) -> datetime:
        """Return the first moment after a period."""
        return datetime.combine(period.last_day + timedelta(days=1), time.min, ZoneInfo(self.time_zone))

    def local_date(self, moment: datetime) -> date:
        return local_date(moment, self.time_zone)

    def objection_rule(self, moment: datetime) -> ObjectionRule:
        return self.rules.objection(self.local_date(moment))

    def deemed_receipt(self, evaluation: Evaluation) -> datetime | None:
        """Return when an issued evaluation counts as received; None for never, or for a proposal."""
        if evaluation.issued_at is None:
            return None
        days = self.objection_rule(evaluation.issued_at).deemed_receipt_days
        return None if days is None else self.deadline(evaluation.issued_at, days)

    def in_words(self, moment: datetime) -> str:
        """Return a moment in Indonesian, in the agency's zone and with its name."""
        return moment_in_words(moment, self.time_zone)

    def deadline(self, start: datetime, days: int) -> datetime:
        return deadline_after(start, days, self.time_zone)
