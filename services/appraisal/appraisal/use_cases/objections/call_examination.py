"""Call the parties, and whoever else is to be listened to, to an examination of the objection."""

from appraisal.authorisation import examining_capacity, require_impartial_today
from appraisal.domain.deciders import Matter
from appraisal.domain.examination import CallExamination, Examination
from appraisal.domain.proceedings import ObjectionMove
from appraisal.events import ExaminationCalled
from appraisal.persistence.cases import lock_objection
from appraisal.persistence.evaluations import list_ratings, load_evaluation
from appraisal.persistence.objections import insert_examination, load_proceedings, objections_to
from appraisal.persistence.people import require_reachable
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def call_examination(work: UnitOfWork, actor: Principal, command: CallExamination) -> Examination:
    """Record who is called when, as the decider, or as HR on their behalf; each of them is notified."""
    with work.transaction(actor.agency_id) as tx:
        lock_objection(tx, command.objection_id)
        proceedings = load_proceedings(tx, command.objection_id)
        evaluation = load_evaluation(tx, proceedings.objection.evaluation_id)
        matter = Matter.of(evaluation, list_ratings(tx, evaluation.id), objections_to(tx, evaluation.id))
        by = examining_capacity(tx, actor, proceedings.objection, matter)
        proceedings.require(ObjectionMove.CALL_EXAMINATION, tx.now)
        require_impartial_today(tx, proceedings.objection, matter, by)
        require_reachable(tx, "invited", command.invited, today(tx), besides=matter.parties)
        called = Examination.called(new_id(), command, by, tx.now)
        insert_examination(tx, called)
        for person in called.invited:
            outbox.record(tx, ExaminationCalled.of(called, person))
        audit.record(tx, actor, "objection_examination_called", "objection", command.objection_id)
        return called
