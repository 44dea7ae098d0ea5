"""Record who was at a session and who was not, many people in one call; each has a result of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import AppError
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from training.authorisation import require_trainer
from training.domain.enrolment import AttendanceEntry, AttendanceMark, BatchItemView, BatchOutcome, BatchView, Enrolment
from training.domain.errors import NotEnrolled
from training.domain.session import TrainingSession
from training.persistence.enrolments import insert_marks, live_enrolments, marks_of
from training.persistence.sessions import lock_session


@dataclass(frozen=True)
class MarkAttendance:
    session_id: UUID
    entries: Sequence[AttendanceEntry]


@dataclass(frozen=True)
class _Register:
    """The session's participants with the marks that they have, those of this call included."""

    session: TrainingSession
    today: date
    participants: dict[UUID, Enrolment]
    marks: dict[UUID, dict[date, bool]]

    def fresh_days(self, entry: AttendanceEntry) -> tuple[Enrolment, list[date]]:
        """Return the days on which this entry changes something. Raise NotEnrolled, or InvalidInput for the day."""
        days = self.session.days_to_mark(entry.day, self.today)
        enrolment = self.participants.get(entry.employee_id)
        if enrolment is None or enrolment.is_waiting:
            raise NotEnrolled
        known = self.marks[enrolment.id]
        fresh = [day for day in days if known.get(day) != entry.present]
        known.update(dict.fromkeys(fresh, entry.present))
        return enrolment, fresh


def mark_attendance(work: UnitOfWork, actor: Principal, command: MarkAttendance) -> BatchView:
    """For HR and the session's trainer; a later mark of a day corrects an earlier one."""
    with work.transaction(actor.agency_id) as tx:
        session = lock_session(tx, command.session_id)
        require_trainer(actor, session, "hr_officer")
        day = today(tx)
        session.require_begun(day)
        enrolments = live_enrolments(tx, session.id, [entry.employee_id for entry in command.entries])
        register = _Register(
            session,
            day,
            {enrolment.employee_id: enrolment for enrolment in enrolments},
            marks_of(tx, [enrolment.id for enrolment in enrolments]),
        )
        results, marks = [], []
        for entry in command.entries:
            try:
                enrolment, fresh = register.fresh_days(entry)
            except AppError as error:
                results.append(BatchItemView.refused(entry.employee_id, error))
                continue
            marks += [AttendanceMark(enrolment.id, one, entry.present, actor.account_id, tx.now) for one in fresh]
            outcome = BatchOutcome.RECORDED if fresh else BatchOutcome.UNCHANGED
            results.append(BatchItemView(employee_id=entry.employee_id, outcome=outcome, days=len(fresh)))
        insert_marks(tx, marks)
        audit.record(tx, actor, "attendance_marked", "session", session.id, entries=len(command.entries))
        return BatchView(results)
