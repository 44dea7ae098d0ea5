"""An examination of an objection: the decider calls the parties, listens to them, and records the minutes."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.evaluation import RatedBy
from appraisal.domain.periods import local_date
from appraisal.domain.values import Capacity
from chassis.errors import FieldError, InvalidInput

LONGEST_AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class CallExamination:
    """Who is called, when it begins, and where, or how, it is held."""

    objection_id: UUID
    starts_at: datetime
    invited: tuple[UUID, ...]
    place: str


@dataclass(frozen=True)
class RecordMinutes:
    objection_id: UUID
    examination_id: UUID
    present: tuple[UUID, ...]
    minutes: str


@dataclass(frozen=True)
class Examination:
    """An examination; without `recorded_at` nobody has recorded yet that it was held."""

    id: UUID
    objection_id: UUID
    called_at: Annotated[datetime, Meta(description="when the invitation was sent")]
    called_by: UUID
    called_capacity: Annotated[Capacity, Meta(description="HR: on the decider's behalf")]
    starts_at: datetime
    place: str
    invited: tuple[UUID, ...]
    present: tuple[UUID, ...] = ()
    minutes: str = ""
    recorded_at: datetime | None = None
    recorded_by: UUID | None = None
    recorded_capacity: Annotated[Capacity | None, Meta(description="HR: on the decider's behalf")] = None
    remark: Annotated[str, Meta(description="what the employee adds to the minutes")] = ""
    remarked_at: datetime | None = None
    version: int = 1

    @classmethod
    def called(cls, examination_id: UUID, command: CallExamination, by: RatedBy, now: datetime) -> "Examination":
        """Make an examination that is still to come. Raise InvalidInput for one that has begun, or is far off."""
        if not now < command.starts_at <= now + LONGEST_AHEAD:
            sent, expected = command.starts_at.isoformat(), f"waktu dalam {LONGEST_AHEAD.days} hari setelah sekarang"
            raise InvalidInput(errors=[FieldError("starts_at", "not_ahead", sent, expected)])
        return cls(
            id=examination_id,
            objection_id=command.objection_id,
            called_at=now,
            called_by=by.official,
            called_capacity=by.capacity,
            starts_at=command.starts_at,
            place=command.place,
            invited=tuple(dict.fromkeys(command.invited)),
        )

    def may_be_recorded(self, now: datetime) -> bool:
        return self.recorded_at is None and self.starts_at <= now

    def recorded(self, command: RecordMinutes, by: RatedBy, now: datetime) -> "Examination":
        """Return it as held."""
        held = replace(self, present=tuple(dict.fromkeys(command.present)), minutes=command.minutes, recorded_at=now)
        return replace(held, recorded_by=by.official, recorded_capacity=by.capacity)

    @property
    def may_be_remarked(self) -> bool:
        return self.recorded_at is not None and self.remarked_at is None

    def remarked(self, remark: str, now: datetime) -> "Examination":
        return replace(self, remark=remark, remarked_at=now)

    def has_listened_to(self, person: UUID) -> bool:
        """Return whether somebody was there when it was held."""
        return self.recorded_at is not None and person in self.present

    def gave_the_chance_to(self, person: UUID, filed_at: datetime, days: int, time_zone: str) -> bool:
        """Return whether it was held, and somebody had been invited after the objection and so many days ahead."""
        notice = local_date(self.starts_at, time_zone) - local_date(self.called_at, time_zone)
        is_invited = person in self.invited and self.called_at >= filed_at
        return self.recorded_at is not None and is_invited and notice.days >= days
