"""Add, change and remove the items of a plan that is still being drafted."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from training.authorisation import require_self_or_hr
from training.domain.plan import AddPlanItem, ChangePlanItem, Plan, PlanItem, PlanItemTerms, PlanView
from training.persistence.courses import find_course
from training.persistence.needs import find_need
from training.persistence.plans import (
    delete_item,
    insert_items,
    load_item,
    lock_plan,
    update_item,
    update_plan,
    view_plan,
)
from training.persistence.reference import require_course_kind


def add_plan_item(work: UnitOfWork, actor: Principal, command: AddPlanItem) -> PlanView:
    with work.transaction(actor.agency_id) as tx:
        plan = _lock_editable(tx, actor, command.plan_id)
        kind_code, jp = _resolve_terms(tx, plan, command)
        insert_items(tx, [PlanItem.planned(new_id(), plan, command, kind_code, jp)])
        return _save(tx, actor, plan)


def change_plan_item(work: UnitOfWork, actor: Principal, command: ChangePlanItem) -> PlanView:
    with work.transaction(actor.agency_id) as tx:
        plan = _lock_editable(tx, actor, command.plan_id)
        item = load_item(tx, plan.id, command.item_id)
        item.require_planned()
        kind_code, jp = _resolve_terms(tx, plan, command)
        update_item(tx, item, item.changed(command, kind_code, jp))
        return _save(tx, actor, plan)


def remove_plan_item(work: UnitOfWork, actor: Principal, *, plan_id: UUID, item_id: UUID) -> PlanView:
    with work.transaction(actor.agency_id) as tx:
        plan = _lock_editable(tx, actor, plan_id)
        load_item(tx, plan.id, item_id).require_planned()
        delete_item(tx, item_id)
        return _save(tx, actor, plan)


def _lock_editable(tx: Transaction, actor: Principal, plan_id: UUID) -> Plan:
    plan = lock_plan(tx, plan_id)
    require_self_or_hr(tx, actor, plan.employee_id)
    plan.require_editable()
    return plan


def _resolve_terms(tx: Transaction, plan: Plan, terms: PlanItemTerms) -> tuple[str, int]:
    """Return the kind and the JP of an item, which its course may supply. Raise InvalidInput that names every fault."""
    faults = []
    course = find_course(tx, terms.course_code) if terms.course_code else None
    if terms.course_code and (course is None or not course.active):
        expected = "kode pelatihan yang ditawarkan"
        faults.append(FieldError("course_code", "course_unknown", terms.course_code, expected))
    elif course is None:
        given = {"kind_code": terms.kind_code, "jp": terms.jp}
        expected = "wajib diisi bila kegiatan tidak menyebut course_code"
        faults += [FieldError(name, "required", None, expected) for name, value in given.items() if value is None]
    need = find_need(tx, terms.need_id) if terms.need_id else None
    if terms.need_id and (need is None or need.employee_id != plan.employee_id or not need.is_live):
        expected = "kebutuhan milik pegawai ini yang masih OPEN atau PLANNED"
        faults.append(FieldError("need_id", "need_unknown", terms.need_id, expected))
    if terms.due_on and terms.due_on.year != plan.year:
        expected = f"tanggal dalam tahun {plan.year}"
        faults.append(FieldError("due_on", "date_outside_year", terms.due_on, expected))
    if faults:
        raise InvalidInput(errors=faults)
    kind_code = terms.kind_code or (course.kind_code if course else "")
    require_course_kind(tx, kind_code)
    return kind_code, terms.jp if terms.jp is not None else (course.jp if course else 0)


def _save(tx: Transaction, actor: Principal, plan: Plan) -> PlanView:
    saved = update_plan(tx, plan, plan)
    audit.record(tx, actor, "plan_changed", "plan", plan.id)
    return view_plan(tx, saved)
