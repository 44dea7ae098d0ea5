"""Decide an objection: keep or change, with reasons; the evaluation is final thereby."""

from appraisal.authorisation import deciding_capacity, require_impartial_today
from appraisal.domain.cases import CaseEnd
from appraisal.domain.deciders import Matter
from appraisal.domain.evaluation import RatingRecord
from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.objection import DecideObjection
from appraisal.domain.obligation import ObligationKind, ObligationState
from appraisal.domain.rating_basis import RatedRevision
from appraisal.events import ObjectionDecided
from appraisal.persistence.cases import end_case, lock_objection
from appraisal.persistence.evaluations import insert_ratings, list_ratings, load_evaluation, update_evaluation
from appraisal.persistence.objections import load_proceedings, objections_to, update_objection
from appraisal.persistence.periods import setting_of
from appraisal.use_cases.distributions.exceed import record_decided_exception
from appraisal.use_cases.evaluations.finalise import finalise_evaluation
from appraisal.use_cases.evaluations.freeze import freeze_ratings
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def decide_objection(work: UnitOfWork, actor: Principal, command: DecideObjection) -> EvaluationView:
    """Record the decision of the reviewer or the designated official (PP 30/2019 Art. 59-60); both sides come first."""
    with work.transaction(actor.agency_id) as tx:
        lock_objection(tx, command.objection_id)
        proceedings = load_proceedings(tx, command.objection_id)
        objection = proceedings.objection
        before = load_evaluation(tx, objection.evaluation_id)
        objection.require_decider_named(before, actor.employee_id)
        by = deciding_capacity(tx, actor, objection)
        found, setting = command.changed_rating(), setting_of(tx, before.period)
        proceedings.require_decidable(setting, tx.now)
        matter = Matter.of(before, list_ratings(tx, before.id), objections_to(tx, before.id))
        require_impartial_today(tx, objection, matter, by)
        rating, rule_version = setting.rate(before.period, found) if found else (None, "")
        command.require_change(before.rating, rating)
        proceedings.require_chance(before.rating, rating, setting)
        decided = objection.decided(command.outcome, by, command.reasons, tx.now)
        update_objection(tx, objection, decided)
        end_case(tx, ObligationKind.STATEMENT, objection.id, ObligationState.CANCELLED, CaseEnd.DECIDED_WITHOUT)
        end_case(tx, ObligationKind.DECISION, objection.id)
        if rating is not None:
            record_decided_exception(tx, actor, before, rating.predicate)
        saved = update_evaluation(tx, before, before.decided(tx.now, rating))
        if rating is not None:
            record = RatingRecord.of(saved, by.official, by.capacity, rule_version, tx.now, reason=command.reasons)
            insert_ratings(tx, [record])
            freeze_ratings(tx, actor, setting, [RatedRevision(saved, record)])
        outbox.record(tx, ObjectionDecided.of(decided))
        finalise_evaluation(tx, saved, str(actor.employee_id))
        audit.record(tx, actor, "objection_decided", "objection", objection.id, outcome=command.outcome)
        return EvaluationView.of(saved)
