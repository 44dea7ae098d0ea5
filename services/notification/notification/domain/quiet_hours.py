"""When e-mail is sent: at once, with a digest, or at the end of the agency's quiet hours. Now is an argument."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta

from notification.domain.templates import EmailMode, Quiet

DIGEST_AT = time(7, 0)
_DAY = timedelta(days=1)
_WEEK = 7
# How a text is sent whose e-mail would come too late: the first of these, from the chosen one on, that is in time.
_SOONER = (EmailMode.WEEKLY, EmailMode.DAILY, EmailMode.IMMEDIATE)


@dataclass(frozen=True)
class QuietHours:
    """From a day on no e-mail goes out from `starts_at` to `ends_at` (equal: none), nor reminders on `weekends`."""

    effective_from: date
    starts_at: time
    ends_at: time
    weekends: bool

    def end_of(self, there: datetime) -> datetime | None:
        """Return when the quiet hours end in which a moment lies where the agency is; None in no such hours."""
        midnight = there.replace(hour=0, minute=0, second=0, microsecond=0)
        end = midnight + timedelta(hours=self.ends_at.hour, minutes=self.ends_at.minute)
        now = there.time()
        if self.starts_at <= self.ends_at:
            return end if self.starts_at <= now < self.ends_at else None
        if now >= self.starts_at:
            return end + _DAY
        return end if now < self.ends_at else None


# Until an agency sets its own.
DEFAULT = QuietHours(date(2020, 1, 1), time(20, 0), time(6, 0), weekends=True)


@dataclass(frozen=True)
class SetQuietHours:
    """Hours as HH:MM where the agency is; both equal: none."""

    effective_from: date
    starts_at: str
    ends_at: str
    weekends: bool

    @property
    def hours(self) -> QuietHours:
        starts_at, ends_at = time.fromisoformat(self.starts_at), time.fromisoformat(self.ends_at)
        return QuietHours(self.effective_from, starts_at, ends_at, self.weekends)


@dataclass(frozen=True)
class QuietHoursView:
    effective_from: date
    starts_at: Annotated[str, Meta(description="HH:MM where the agency is")]
    ends_at: Annotated[str, Meta(description="HH:MM where the agency is; the same as starts_at: none")]
    weekends: Annotated[bool, Meta(description="whether no reminders are sent on Saturdays and Sundays")]
    in_force: bool

    @classmethod
    def of(cls, hours: QuietHours, *, in_force: bool) -> "QuietHoursView":
        return cls(hours.effective_from, f"{hours.starts_at:%H:%M}", f"{hours.ends_at:%H:%M}", hours.weekends, in_force)


@dataclass(frozen=True)
class MailTimes:
    """The agency's quiet hours, the oldest first, its zone, and which moment it is."""

    hours: Sequence[QuietHours]
    time_zone: str
    now: datetime

    def in_force_on(self, day: date) -> QuietHours:
        return next((one for one in reversed(self.hours) if one.effective_from <= day), DEFAULT)

    def held_until(self, mode: EmailMode, quiet: Quiet) -> datetime | None:
        """Return until when a text is held back; None: it is sent at once, or with the digest of the next morning."""
        there = self.now.astimezone(ZoneInfo(self.time_zone))
        if mode is EmailMode.IMMEDIATE:
            free = self._free(there, quiet)
            return None if free == there else free
        morning = self.next_morning
        if mode is EmailMode.WEEKLY:
            return self._free_morning(morning + _DAY * (-morning.weekday() % _WEEK), quiet)
        free = self._free_morning(morning, quiet)
        return None if free == morning else free

    def in_time(self, mode: EmailMode, quiet: Quiet, deadline: datetime | None) -> tuple[EmailMode, datetime | None]:
        """Return how a text is sent, and until when it is held back, so that it comes by its deadline.

        As chosen where that is in time; else with a sooner digest, or by itself; where all until then is quiet, now.
        """
        for sooner in _SOONER[_SOONER.index(mode) :]:
            until = self.held_until(sooner, quiet)
            sent_at = until or (self.next_morning if sooner is EmailMode.DAILY else self.now)
            if deadline is None or sent_at <= deadline:
                return sooner, until
        return EmailMode.IMMEDIATE, None

    @property
    def next_morning(self) -> datetime:
        """Return when the next digest is due: at seven where the agency is."""
        there = self.now.astimezone(ZoneInfo(self.time_zone))
        morning = datetime.combine(there.date(), DIGEST_AT, there.tzinfo)
        return morning if morning > there else morning + _DAY

    def _free_morning(self, morning: datetime, quiet: Quiet) -> datetime:
        """Return the first morning that is not quiet, or the end of the quiet hours where it is later on that day."""
        free = self._free(morning, quiet)
        return self._free(max(free, datetime.combine(free.date(), DIGEST_AT, free.tzinfo)), quiet)

    def _free(self, there: datetime, quiet: Quiet) -> datetime:
        """Return the first moment from one on that is not quiet."""
        if quiet is Quiet.NEVER:
            return there
        while (end := self._end_of_quiet(there, quiet)) is not None:
            there = end
        return there

    def _end_of_quiet(self, there: datetime, quiet: Quiet) -> datetime | None:
        hours = self.in_force_on(there.date())
        if quiet is Quiet.NIGHT_AND_WEEKEND and hours.weekends and there.weekday() >= 5:  # noqa: PLR2004 - Saturday
            return datetime.combine(there.date() + _DAY, time.min, there.tzinfo)
        return hours.end_of(there)
