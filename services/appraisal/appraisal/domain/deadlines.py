"""Objections and receipts: the days an agency gives, and when they are over. Now is an argument."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from appraisal.domain.periods import local_date

PROMPT = timedelta(hours=1)
STATEMENT_DAYS, NOTICE_DAYS, REMINDER_DAYS, REMINDERS = 7, 3, 3, 3


@dataclass(frozen=True)
class ObjectionRule:
    """A receipt that nobody confirmed is deemed after so many days, or never; until then it is asked for."""

    objection_days: int
    decision_days: int
    deemed_receipt_days: int | None
    statement_days: int
    examination_notice_days: int
    reminder_days: int
    reminders: int

    @classmethod
    def parse(cls, value: Mapping[str, Any]) -> "ObjectionRule":
        """Read the rule. A version of before these were ruled names no days for the statement and the invitation.

        The statement then has seven days, or half of those for the decision where that is less.
        """
        decision_days, deemed = int(value["decision_days"]), int(value["deemed_receipt_days"])
        return cls(
            objection_days=int(value["objection_days"]),
            decision_days=decision_days,
            deemed_receipt_days=deemed if deemed >= 0 else None,
            statement_days=int(value.get("statement_days", min(STATEMENT_DAYS, decision_days // 2))),
            examination_notice_days=int(value.get("examination_notice_days", NOTICE_DAYS)),
            reminder_days=int(value.get("reminder_days", REMINDER_DAYS)),
            reminders=int(value.get("reminders", REMINDERS)),
        )


@dataclass(frozen=True)
class ObjectionDeadlines:
    """Until when the appraiser is to answer an objection, and until when it is to be decided."""

    statement_by: datetime
    decide_by: datetime


def end_of_day(day: date, time_zone: str) -> datetime:
    """Return the last second of a day where the agency is, as UTC."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(time_zone)).astimezone(UTC)


def start_of_day(day: date, time_zone: str) -> datetime:
    """Return the first moment of a day where the agency is, as UTC."""
    return datetime.combine(day, time.min, ZoneInfo(time_zone)).astimezone(UTC)


def deadline_after(start: datetime, days: int, time_zone: str) -> datetime:
    """Count calendar days in the agency's zone: the start is day 0, the last day counts whole.

    The fourteen days to object are of PP 30/2019 Art. 59 as LAN's handbook states them; that they are
    calendar days is not verified, so the number is reference data.
    """
    return end_of_day(local_date(start, time_zone) + timedelta(days=days), time_zone)


def deemed_at(due: datetime, now: datetime) -> datetime:
    """Return when an act that replaces a person's silence took effect: when it fell due, or when recorded late.

    A window that follows from it is whole even after our processes were down for weeks. Within the hour it counts as
    done when it fell due: a tick past midnight would move the window by a day for some and not for others.
    """
    return due if now - due <= PROMPT else now
