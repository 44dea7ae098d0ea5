"""File an objection to the annual evaluation."""

from datetime import timedelta

from appraisal.authorisation import require_disclosed_to_self
from appraisal.domain.cases import decision_of, statement_of
from appraisal.domain.deciders import Matter, reviewer_who_decides
from appraisal.domain.objection import FileObjection, Objection
from appraisal.domain.objection_views import ObjectionView
from appraisal.domain.obligation import ObligationKind
from appraisal.events import ObjectionFiled
from appraisal.persistence.case_officials import follow_case_officials
from appraisal.persistence.cases import end_case, lock_case, open_case
from appraisal.persistence.evaluations import list_ratings, load_evaluation, update_evaluation
from appraisal.persistence.lines import load_lines
from appraisal.persistence.objections import insert_objection, objections_to
from appraisal.persistence.periods import setting_of
from appraisal.use_cases.objections.read import view_objection
from chassis import audit, outbox, timers
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def file_objection(work: UnitOfWork, actor: Principal, command: FileObjection) -> ObjectionView:
    """File within the window of the evaluation (PP 30/2019 Art. 59): both deadlines that follow begin."""
    with work.transaction(actor.agency_id) as tx:
        lock_case(tx, ObligationKind.ANSWER, command.evaluation_id)
        before = load_evaluation(tx, command.evaluation_id)
        require_disclosed_to_self(actor, before)
        setting, former = setting_of(tx, before.period), objections_to(tx, before.id)
        matter = Matter.of(before, list_ratings(tx, before.id), former)
        lines = load_lines(tx, [] if before.reviewer_id is None else [before.reviewer_id], setting.today)
        decider_id = reviewer_who_decides(matter, before.reviewer_id, lines)
        due = setting.objection_deadlines(tx.now)
        objection = Objection.filed(new_id(), before, command, tx.now, due, decider_id)
        update_evaluation(tx, before, before.objected(tx.now, setting.time_zone))
        insert_objection(tx, objection)
        end_case(tx, ObligationKind.ANSWER, before.id)
        open_case(tx, statement_of(before, objection), decision_of(before, objection))
        follow_case_officials(tx, [before.employee_id])
        outbox.record(tx, ObjectionFiled.of(objection))
        for kind, due_at in (("statement_deadline", due.statement_by), ("decision_deadline", due.decide_by)):
            timers.schedule(tx, kind, objection.id, due_at + timedelta(seconds=1))
        audit.record(tx, actor, "objection_filed", "objection", objection.id, evaluation_id=before.id)
        return view_objection(tx, actor, objection.id)
