"""Add, change and remove the items of a plan that is still being drafted."""

from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput, NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from training.domain.errors import PlanNotEditable
from training.domain.needs import LIVE, NeedState
from training.domain.plans import EDITABLE, ItemState, PlanState
from training.persistence import catalogue, needs
from training.persistence.models import Plan, PlanItem, Reading
from training.persistence.rows import View
from training.use_cases.check_codes import known_kind
from training.use_cases.draft_plan import authorise_draft, plan_or_404


def add_item(work: UnitOfWork, actor: Principal, plan_id: UUID, values: dict[str, Any]) -> View:
    with work.transaction(actor.agency_id) as tx:
        plan = _editable(tx, actor, plan_id)
        checked = _checked(tx, plan, values)
        item = PlanItem(
            agency_id=tx.agency_id,
            plan_id=plan.id,
            state=ItemState.PLANNED,
            record_id=None,
            copied_from=None,
            **checked,
        )
        tx.session.add(item)
        return _saved(tx, actor, plan)


def change_item(work: UnitOfWork, actor: Principal, plan_id: UUID, item_id: UUID, values: dict[str, Any]) -> View:
    with work.transaction(actor.agency_id) as tx:
        plan = _editable(tx, actor, plan_id)
        item = _open_item(tx, plan, item_id)
        for name, value in _checked(tx, plan, values).items():
            setattr(item, name, value)
        return _saved(tx, actor, plan)


def remove_item(work: UnitOfWork, actor: Principal, plan_id: UUID, item_id: UUID) -> View:
    with work.transaction(actor.agency_id) as tx:
        plan = _editable(tx, actor, plan_id)
        item = _open_item(tx, plan, item_id)
        tx.session.query(Reading).filter(Reading.plan_item_id == item.id).delete()
        tx.session.delete(item)
        return _saved(tx, actor, plan)


def _editable(tx: Transaction, actor: Principal, plan_id: UUID) -> Plan:
    plan = plan_or_404(tx, plan_id, for_update=True)
    authorise_draft(tx, actor, plan.employee_id)
    if PlanState(plan.state) not in EDITABLE:
        raise PlanNotEditable(state=plan.state)
    return plan


def _open_item(tx: Transaction, plan: Plan, item_id: UUID) -> PlanItem:
    item = tx.session.get(PlanItem, item_id)
    if item is None or item.plan_id != plan.id:
        raise NotFound(object="kegiatan rencana", id=item_id)
    if item.state == ItemState.DONE:
        raise PlanNotEditable(state=item.state)
    return item


def _checked(tx: Transaction, plan: Plan, values: dict[str, Any]) -> dict[str, Any]:
    faults = []
    course = catalogue.course(tx, values["course_code"]) if values["course_code"] else None
    if values["course_code"] and (course is None or not course.active):
        faults.append(
            FieldError("course_code", "course_unknown", values["course_code"], "kode pelatihan yang ditawarkan")
        )
    if course is None and not faults:
        faults += [
            FieldError(name, "required", None, "wajib diisi bila kegiatan tidak menyebut course_code")
            for name in ("kind_code", "jp")
            if values[name] is None
        ]
    need = needs.get(tx, values["need_id"]) if values["need_id"] else None
    if values["need_id"]:
        wanted = need is not None and need.employee_id == plan.employee_id and NeedState(need.state) in LIVE
        if not wanted:
            expected = "kebutuhan milik pegawai ini yang masih OPEN atau PLANNED"
            faults.append(FieldError("need_id", "need_unknown", values["need_id"], expected))
    if values["due_on"] and values["due_on"].year != plan.year:
        faults.append(FieldError("due_on", "date_outside_year", values["due_on"], f"tanggal dalam tahun {plan.year}"))
    if faults:
        raise InvalidInput(errors=faults)
    kind_code = values["kind_code"] or (course.kind_code if course else "")
    known_kind(tx, kind_code)
    jp = values["jp"] if values["jp"] is not None else (course.jp if course else 0)
    return {**values, "kind_code": kind_code, "jp": jp}


def _saved(tx: Transaction, actor: Principal, plan: Plan) -> View:
    plan.version += 1
    audit.record(tx, actor, "plan_changed", "plan", plan.id)
    tx.session.flush()
    return needs.plan_view(tx, plan)
