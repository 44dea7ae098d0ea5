"""An agency (instansi) in the register: its name and its time zone, by which deadlines are counted."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from chassis.clock import today_in
from chassis.views import view_of
from personnel.domain.values import TimeZone


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


@dataclass(frozen=True)
class Agency:
    agency_id: str
    name: str
    time_zone: TimeZone
    version: int = 1

    def changed(self, command: ChangeAgency) -> "Agency":
        """Return the agency with what the command gives; equal to this one when nothing differs."""
        return replace(self, name=command.name or self.name, time_zone=command.time_zone or self.time_zone)

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
    version: int

    @classmethod
    def of(cls, agency: Agency) -> "AgencyView":
        return view_of(cls, agency, id=agency.agency_id)
