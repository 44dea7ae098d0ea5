"""An agency (instansi) in the register: its name, its time zone, by which deadlines are counted, its job classes."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from chassis.clock import today_in
from chassis.views import view_of
from personnel.domain.values import USUAL_HIGHEST_JOB_CLASS, TimeZone


@dataclass(frozen=True)
class RegisterAgency:
    agency_id: str
    name: str
    time_zone: TimeZone


@dataclass(frozen=True)
class ChangeAgency:
    """What is None stays as it is."""

    agency_id: str
    expected_version: int | None
    name: str | None = None
    time_zone: TimeZone | None = None
    highest_job_class: int | None = None


@dataclass(frozen=True)
class Agency:
    agency_id: str
    name: str
    time_zone: TimeZone
    version: int = 1
    highest_job_class: int = USUAL_HIGHEST_JOB_CLASS

    def changed(self, command: ChangeAgency) -> "Agency":
        """Return the agency with what the command gives; equal to this one when nothing differs."""
        return replace(
            self,
            name=command.name or self.name,
            time_zone=command.time_zone or self.time_zone,
            highest_job_class=command.highest_job_class or self.highest_job_class,
        )

    def today(self, now: datetime) -> date:
        """Return the calendar day in the agency's time zone."""
        return today_in(now, self.time_zone)

    def start_of(self, day: date) -> datetime:
        """Return the first moment of a day there, in UTC."""
        return datetime.combine(day, time.min, tzinfo=ZoneInfo(self.time_zone)).astimezone(UTC)


@dataclass(frozen=True)
class AgencyView:
    id: str
    name: str
    time_zone: TimeZone
    highest_job_class: int
    version: int

    @classmethod
    def of(cls, agency: Agency) -> "AgencyView":
        return view_of(cls, agency, id=agency.agency_id)
