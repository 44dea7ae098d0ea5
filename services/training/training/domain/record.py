"""Training records: what stands behind JP, how doubles are found, and the moves a record may make."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.errors import FieldError, InvalidInput
from chassis.pagination import PageRequest
from chassis.views import view_of
from training.domain.course import EXTERNAL_COURSE, Course
from training.domain.enrolment import Enrolment
from training.domain.errors import RecordClosed
from training.domain.session import TrainingSession


class RecordState(StrEnum):
    SUBMITTED = "SUBMITTED"
    VERIFIED = "VERIFIED"
    REJECTED = "REJECTED"
    REVOKED = "REVOKED"


class RecordOrigin(StrEnum):
    SESSION = "SESSION"
    EXTERNAL = "EXTERNAL"


class RevocationReason(StrEnum):
    FORGED = "FORGED"
    DUPLICATE = "DUPLICATE"
    PROVIDER_WITHDREW = "PROVIDER_WITHDREW"
    ENTERED_IN_ERROR = "ENTERED_IN_ERROR"


MOVES: dict[RecordState, frozenset[RecordState]] = {
    RecordState.SUBMITTED: frozenset({RecordState.VERIFIED, RecordState.REJECTED}),
    RecordState.VERIFIED: frozenset({RecordState.REVOKED}),
    RecordState.REJECTED: frozenset(),
    RecordState.REVOKED: frozenset(),
}
LIVE = frozenset({RecordState.SUBMITTED, RecordState.VERIFIED})


@dataclass(frozen=True)
class SubmitRecord:
    """A certificate from elsewhere; JP are given, or follow from `minutes`. Without an employee the caller's own."""

    employee_id: UUID | None
    title: str
    provider: str
    certificate_number: str
    kind_code: str
    jp: int | None
    minutes: int | None
    started_on: date
    completed_on: date
    issued_on: date | None
    evidence_link: str
    course_code: str | None
    plan_item_id: UUID | None
    competency_codes: tuple[str, ...]

    def require_dates(self, today: date) -> None:
        """Raise InvalidInput for days still to come or in the wrong order."""
        faults = []
        if self.completed_on > today:
            expected = f"tanggal paling akhir {today}"
            faults.append(FieldError("completed_on", "date_in_future", self.completed_on, expected))
        if self.started_on > self.completed_on:
            expected = f"tanggal paling akhir {self.completed_on}"
            faults.append(FieldError("started_on", "dates_out_of_order", self.started_on, expected))
        if self.issued_on is not None and not self.completed_on <= self.issued_on <= today:
            expected = f"tanggal antara {self.completed_on} dan {today}"
            faults.append(FieldError("issued_on", "date_out_of_range", self.issued_on, expected))
        if faults:
            raise InvalidInput(errors=faults)


@dataclass(frozen=True)
class RevokeRecord:
    record_id: UUID
    reason_code: RevocationReason
    note: str


@dataclass(frozen=True)
class CertificateEntry:
    """A certificate to issue to a participant of a session."""

    employee_id: UUID
    certificate_number: str
    issued_on: date | None
    evidence_link: str | None


@dataclass(frozen=True)
class CertificateKey:
    """The form in which certificates are compared: one certificate is often typed in many ways."""

    provider_key: str
    certificate_key: str

    @classmethod
    def of(cls, provider: str, certificate_number: str) -> "CertificateKey":
        return cls(_folded(provider), _folded(certificate_number))

    @classmethod
    def of_submitted(cls, command: SubmitRecord) -> "CertificateKey":
        """Return the key of a submitted certificate. Raise InvalidInput when nothing of a text remains."""
        key = cls.of(command.provider, command.certificate_number)
        for name, value, folded in (
            ("provider", command.provider, key.provider_key),
            ("certificate_number", command.certificate_number, key.certificate_key),
        ):
            if not folded:
                raise InvalidInput(errors=[FieldError(name, "text_empty", value, "teks berisi huruf atau angka")])
        return key


@dataclass(frozen=True, kw_only=True)
class Record:
    """A training that somebody has done; its JP are booked while it is VERIFIED."""

    id: UUID
    employee_id: UUID
    origin: RecordOrigin
    course_code: str
    session_id: UUID | None = None
    enrolment_id: UUID | None = None
    plan_item_id: UUID | None = None
    title: str
    kind_code: str
    competency_codes: tuple[str, ...]
    provider: str
    provider_key: str
    certificate_number: str
    certificate_key: str
    jp: int
    started_on: date
    completed_on: date
    issued_on: date
    evidence_link: str | None
    state: RecordState
    created_at: datetime
    version: int = 1

    @classmethod
    def submitted(
        cls,
        record_id: UUID,
        employee_id: UUID,
        command: SubmitRecord,
        *,
        jp: int,
        competency_codes: tuple[str, ...],
        now: datetime,
    ) -> "Record":
        """Make the record of a certificate from elsewhere, which HR verifies or rejects."""
        key = CertificateKey.of_submitted(command)
        return view_of(
            cls,
            command,
            id=record_id,
            employee_id=employee_id,
            origin=RecordOrigin.EXTERNAL,
            course_code=command.course_code or EXTERNAL_COURSE,
            session_id=None,
            enrolment_id=None,
            competency_codes=competency_codes,
            provider_key=key.provider_key,
            certificate_key=key.certificate_key,
            jp=jp,
            issued_on=command.issued_on or command.completed_on,
            state=RecordState.SUBMITTED,
            created_at=now,
            version=1,
        )

    @classmethod
    def issued(
        cls,
        record_id: UUID,
        session: TrainingSession,
        course: Course,
        enrolment: Enrolment,
        entry: CertificateEntry,
        *,
        today: date,
        now: datetime,
    ) -> "Record":
        """Make the record of a session's participant; it needs no verification."""
        key = CertificateKey.of(course.provider, entry.certificate_number)
        return cls(
            id=record_id,
            employee_id=enrolment.employee_id,
            origin=RecordOrigin.SESSION,
            course_code=course.code,
            session_id=session.id,
            enrolment_id=enrolment.id,
            title=course.title,
            kind_code=course.kind_code,
            competency_codes=course.competency_codes,
            provider=course.provider,
            provider_key=key.provider_key,
            certificate_number=entry.certificate_number,
            certificate_key=key.certificate_key,
            jp=session.jp,
            started_on=session.starts_on,
            completed_on=session.ends_on,
            issued_on=entry.issued_on or today,
            evidence_link=entry.evidence_link,
            state=RecordState.VERIFIED,
            created_at=now,
        )

    def verified(self, accepted_jp: int | None) -> "Record":
        """Return it verified. Raise RecordClosed, or InvalidInput when more JP are accepted than were claimed."""
        moved = self._moved(RecordState.VERIFIED)
        if accepted_jp is None:
            return moved
        if accepted_jp > self.jp:
            expected = f"paling banyak {self.jp} JP yang diajukan"
            raise InvalidInput(errors=[FieldError("accepted_jp", "jp_above_claim", accepted_jp, expected)])
        return replace(moved, jp=accepted_jp)

    def rejected(self) -> "Record":
        return self._moved(RecordState.REJECTED)

    def revoked(self) -> "Record":
        return self._moved(RecordState.REVOKED)

    def _moved(self, target: RecordState) -> "Record":
        if target not in MOVES[self.state]:
            raise RecordClosed(state=self.state, target=target)
        return replace(self, state=target)


@dataclass(frozen=True)
class RecordMove:
    """A state that a record has entered: by whom, when and why."""

    state: RecordState
    reason_code: str
    note: str
    moved_by: UUID
    moved_at: datetime
    moved_by_person: UUID | None = None


@dataclass(frozen=True)
class RecordView:
    id: UUID
    employee_id: UUID
    origin: RecordOrigin
    course_code: str
    session_id: UUID | None
    title: str
    kind_code: str
    competency_codes: tuple[str, ...]
    provider: str
    certificate_number: str
    jp: int
    started_on: date
    completed_on: date
    issued_on: date
    evidence_link: str | None
    state: RecordState
    overlaps: Annotated[list[UUID], Meta(description="the person's other records on the same days")]
    history: list[RecordMove]
    version: int


def _folded(text: str) -> str:
    return re.sub(r"[\s.\-_/\\]+", "", unicodedata.normalize("NFKC", text).casefold())


@dataclass(frozen=True)
class ListRecords:
    page: PageRequest
    employee_id: UUID | None = None
    team: bool = False
    state: RecordState | None = None
    year: int | None = None
