"""Hand in a certificate from elsewhere, with its evidence, for the HR officer to verify."""

from datetime import date
from typing import Any
from uuid import UUID

from chassis.auth import Principal
from chassis.errors import FieldError, Forbidden, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork
from training.domain.errors import DuplicateCertificate
from training.domain.plans import ItemState
from training.domain.records import EXTERNAL_COURSE, RecordOrigin, RecordState, same_certificate
from training.persistence import catalogue, needs, people, records
from training.persistence.models import PlanItem, Record
from training.persistence.rows import View, lock
from training.use_cases.check_codes import known_competencies, known_kind
from training.use_cases.credit_record import note_move
from training.use_cases.rights import is_self, person_or_404, subject_of
from training.use_cases.save_course import jp_from


def submit_record(work: UnitOfWork, actor: Principal, values: dict[str, Any]) -> View:
    """The person hands in; the HR officer may for somebody else. Overlapping dates are shown, not refused."""
    with work.transaction(actor.agency_id) as tx:
        subject = subject_of(actor, values["employee_id"])
        if not is_self(actor, subject):
            person_or_404(tx, subject)
            if not actor.has("hr_officer"):
                raise Forbidden
        _check_dates(people.today(tx), values)
        _check_links(tx, subject, values)
        lock(tx, "certificate", subject)
        keys = same_certificate(values["provider"]), same_certificate(values["certificate_number"])
        if "" in keys:
            name = "provider" if not keys[0] else "certificate_number"
            raise InvalidInput(errors=[FieldError(name, "text_empty", values[name], "teks berisi huruf atau angka")])
        if records.same_certificate(tx, subject, *keys) is not None:
            raise DuplicateCertificate(number=values["certificate_number"], provider=values["provider"])
        record = _record(tx, subject, keys, values)
        note_move(tx, actor, record, RecordState.SUBMITTED)
        return records.views(tx, [record])[0]


def _check_dates(today: date, values: dict[str, Any]) -> None:
    faults = []
    if values["completed_on"] > today:
        faults.append(
            FieldError("completed_on", "date_in_future", values["completed_on"], f"tanggal paling akhir {today}")
        )
    if values["started_on"] > values["completed_on"]:
        expected = f"tanggal paling akhir {values['completed_on']}"
        faults.append(FieldError("started_on", "dates_out_of_order", values["started_on"], expected))
    if values["issued_on"] is not None and not values["completed_on"] <= values["issued_on"] <= today:
        expected = f"tanggal antara {values['completed_on']} dan {today}"
        faults.append(FieldError("issued_on", "date_out_of_range", values["issued_on"], expected))
    if faults:
        raise InvalidInput(errors=faults)


def _check_links(tx: Transaction, employee_id: UUID, values: dict[str, Any]) -> None:
    known_kind(tx, values["kind_code"])
    values["competency_codes"] = known_competencies(tx, "competency_codes", values["competency_codes"])
    code = values["course_code"]
    if code is not None and catalogue.course(tx, code) is None:
        raise InvalidInput(errors=[FieldError("course_code", "course_unknown", code, "kode pelatihan pada katalog")])
    item_id = values["plan_item_id"]
    item = tx.session.get(PlanItem, item_id) if item_id else None
    plan = needs.plan(tx, item.plan_id) if item else None
    mine = plan is not None and plan.employee_id == employee_id and item is not None and item.state == ItemState.PLANNED
    if item_id is not None and not mine:
        expected = "kegiatan rencana milik pegawai ini yang belum selesai"
        raise InvalidInput(errors=[FieldError("plan_item_id", "plan_item_unknown", item_id, expected)])


def _record(tx: Transaction, employee_id: UUID, keys: tuple[str, str], values: dict[str, Any]) -> Record:
    record = Record(
        agency_id=tx.agency_id,
        employee_id=employee_id,
        origin=RecordOrigin.EXTERNAL,
        course_code=values["course_code"] or EXTERNAL_COURSE,
        session_id=None,
        enrolment_id=None,
        plan_item_id=values["plan_item_id"],
        title=values["title"],
        kind_code=values["kind_code"],
        competency_codes=values["competency_codes"],
        provider=values["provider"],
        provider_key=keys[0],
        certificate_number=values["certificate_number"],
        certificate_key=keys[1],
        jp=jp_from(tx, values["jp"], values["minutes"]),
        started_on=values["started_on"],
        completed_on=values["completed_on"],
        issued_on=values["issued_on"] or values["completed_on"],
        evidence_link=values["evidence_link"],
        state=RecordState.SUBMITTED,
        version=0,
        created_at=tx.now,
    )
    tx.session.add(record)
    tx.session.flush()
    return record
