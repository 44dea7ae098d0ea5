"""Record the minutes of an examination: who was there, and what they answered."""

from dataclasses import replace

from appraisal.authorisation import examining_capacity, require_impartial_today
from appraisal.domain.deciders import Matter
from appraisal.domain.examination import Examination, RecordMinutes
from appraisal.domain.proceedings import ObjectionMove
from appraisal.persistence.cases import lock_objection
from appraisal.persistence.evaluations import list_ratings, load_evaluation
from appraisal.persistence.objections import load_proceedings, objections_to, update_examination
from appraisal.persistence.people import require_reachable
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def record_minutes(work: UnitOfWork, actor: Principal, command: RecordMinutes) -> Examination:
    """Record it once it has begun, as the decider, or as HR on their behalf."""
    with work.transaction(actor.agency_id) as tx:
        lock_objection(tx, command.objection_id)
        proceedings = load_proceedings(tx, command.objection_id)
        before = proceedings.examination(command.examination_id)
        evaluation = load_evaluation(tx, proceedings.objection.evaluation_id)
        matter = Matter.of(evaluation, list_ratings(tx, evaluation.id), objections_to(tx, evaluation.id))
        by = examining_capacity(tx, actor, proceedings.objection, matter)
        proceedings.of(before).require(ObjectionMove.RECORD_MINUTES, tx.now)
        require_impartial_today(tx, proceedings.objection, matter, by)
        require_reachable(tx, "present", command.present, today(tx), besides={*matter.parties, *before.invited})
        after = before.recorded(command, by, tx.now)
        update_examination(tx, before, after)
        audit.record(tx, actor, "objection_minutes_recorded", "objection", command.objection_id)
        return replace(after, version=before.version + 1)
