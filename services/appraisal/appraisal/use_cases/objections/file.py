"""File an objection to the annual evaluation."""

from datetime import timedelta

from appraisal.authorisation import require_self
from appraisal.domain.cases import decision_of
from appraisal.domain.objection import FileObjection, Objection, ObjectionView
from appraisal.domain.obligation import ObligationKind
from appraisal.events import ObjectionFiled
from appraisal.persistence.case_officials import follow_case_officials
from appraisal.persistence.cases import end_case, lock_case, open_case
from appraisal.persistence.evaluations import load_evaluation, update_evaluation
from appraisal.persistence.objections import insert_objection
from appraisal.persistence.periods import setting_of
from chassis import audit, outbox, timers
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def file_objection(work: UnitOfWork, actor: Principal, command: FileObjection) -> ObjectionView:
    """File within the window of the evaluation (PP 30/2019 Art. 59) and start the decider's deadline."""
    with work.transaction(actor.agency_id) as tx:
        lock_case(tx, ObligationKind.ANSWER, command.evaluation_id)
        before = load_evaluation(tx, command.evaluation_id)
        require_self(actor, before.employee_id)
        setting = setting_of(tx, before.period)
        decide_by = setting.deadline(tx.now, setting.objection_rule(tx.now).decision_days)
        objection = Objection.filed(new_id(), before, command, tx.now, decide_by)
        update_evaluation(tx, before, before.objected(tx.now, setting.time_zone))
        insert_objection(tx, objection)
        end_case(tx, ObligationKind.ANSWER, before.id)
        open_case(tx, decision_of(before, objection))
        follow_case_officials(tx, [before.employee_id])
        outbox.record(tx, ObjectionFiled.of(objection))
        timers.schedule(tx, "decision_deadline", objection.id, objection.decide_by + timedelta(seconds=1))
        audit.record(tx, actor, "objection_filed", "objection", objection.id, evaluation_id=before.id)
        return ObjectionView.of(objection)
