"""Submit a certificate from elsewhere, with its evidence, for the HR officer to verify."""

from uuid import UUID

from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today
from training.authorisation import require_self_or_hr, subject_of
from training.domain.errors import DuplicateCertificate
from training.domain.record import CertificateKey, Record, RecordView, SubmitRecord
from training.persistence.competencies import known_competencies
from training.persistence.courses import find_course
from training.persistence.locked_rows import lock
from training.persistence.plans import find_planned_item
from training.persistence.records import find_same_certificate, insert_training_record, view_record
from training.persistence.reference import jp_worth, require_course_kind
from training.use_cases.records.record_move import record_move


def submit_record(work: UnitOfWork, actor: Principal, command: SubmitRecord) -> RecordView:
    """The person submits; the HR officer may for somebody else. Overlapping dates are shown, not refused."""
    with work.transaction(actor.agency_id) as tx:
        subject = subject_of(actor, command.employee_id)
        require_self_or_hr(tx, actor, subject)
        command.require_dates(today(tx))
        require_course_kind(tx, command.kind_code)
        codes = known_competencies(tx, "competency_codes", command.competency_codes)
        _require_links(tx, subject, command)
        lock(tx, "certificate", subject)
        if find_same_certificate(tx, subject, CertificateKey.of_submitted(command)) is not None:
            raise DuplicateCertificate(number=command.certificate_number, provider=command.provider)
        jp = jp_worth(tx, command.jp, command.minutes)
        record = Record.submitted(new_id(), subject, command, jp=jp, competency_codes=codes, now=tx.now)
        insert_training_record(tx, record)
        record_move(tx, actor, record)
        return view_record(tx, record)


def _require_links(tx: Transaction, employee_id: UUID, command: SubmitRecord) -> None:
    """Raise InvalidInput for an unknown course, or an item that is not planned in a plan of this person."""
    code, item_id = command.course_code, command.plan_item_id
    if code is not None and find_course(tx, code) is None:
        raise InvalidInput(errors=[FieldError("course_code", "course_unknown", code, "kode pelatihan pada katalog")])
    if item_id is not None and find_planned_item(tx, employee_id, item_id) is None:
        expected = "kegiatan rencana milik pegawai ini yang belum selesai"
        raise InvalidInput(errors=[FieldError("plan_item_id", "plan_item_unknown", item_id, expected)])
