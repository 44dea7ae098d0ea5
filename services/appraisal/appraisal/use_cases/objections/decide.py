"""Decide an objection: keep or change, with reasons; the evaluation is final thereby."""

from appraisal.authorisation import deciding_capacity
from appraisal.domain.evaluation import RatingRecord
from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.objection import DecideObjection
from appraisal.domain.obligation import ObligationKind
from appraisal.events import ObjectionDecided
from appraisal.persistence.cases import end_case, lock_case
from appraisal.persistence.evaluations import insert_ratings, load_evaluation, update_evaluation
from appraisal.persistence.objections import load_objection, update_objection
from appraisal.persistence.periods import setting_of
from appraisal.use_cases.distributions.exceed import record_decided_exception
from appraisal.use_cases.evaluations.finalise import finalise_evaluation
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def decide_objection(work: UnitOfWork, actor: Principal, command: DecideObjection) -> EvaluationView:
    """Record the decision of the reviewer or the designated official (PP 30/2019 Art. 59-60)."""
    with work.transaction(actor.agency_id) as tx:
        lock_case(tx, ObligationKind.DECISION, command.objection_id)
        objection = load_objection(tx, command.objection_id)
        before = load_evaluation(tx, objection.evaluation_id)
        objection.require_decider_named(before, actor.employee_id)
        by = deciding_capacity(tx, actor, objection)
        decided = objection.decided(before, command.outcome, by, command.reasons, tx.now)
        found = command.changed_rating()
        rating, rule_version = setting_of(tx, before.period).rate(before.period, found) if found else (None, "")
        command.require_change(before.rating, rating)
        update_objection(tx, objection, decided)
        end_case(tx, ObligationKind.DECISION, objection.id)
        if rating is not None:
            record_decided_exception(tx, actor, before, rating.predicate)
        saved = update_evaluation(tx, before, before.decided(tx.now, rating))
        if rating is not None:
            record = RatingRecord.of(saved, by.official, by.capacity, rule_version, tx.now, reason=command.reasons)
            insert_ratings(tx, [record])
        outbox.record(tx, ObjectionDecided.of(decided))
        finalise_evaluation(tx, saved, str(actor.employee_id))
        audit.record(tx, actor, "objection_decided", "objection", objection.id, outcome=command.outcome)
        return EvaluationView.of(saved)
