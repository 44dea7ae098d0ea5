"""Approve a correction order as the second officer: it is applied, or the annual evaluation is issued anew."""

from dataclasses import replace

from appraisal.authorisation import correcting_officer, require_impartial_proposer, self_of
from appraisal.domain.correction import CorrectionOrder, CorrectionOrderView, EndCorrection
from appraisal.domain.evaluation import Evaluation, RatedBy, RatingRecord, Reopening
from appraisal.domain.obligation import ObligationKind
from appraisal.domain.rating_basis import RatedRevision
from appraisal.events import AppraisalCorrected, DialogueCause
from appraisal.persistence.cases import lock_case
from appraisal.persistence.corrections import load_order, update_order
from appraisal.persistence.evaluations import insert_ratings, load_evaluation, update_evaluation
from appraisal.persistence.periods import setting_of
from appraisal.use_cases.dialogues.open import open_dialogue
from appraisal.use_cases.distributions.hold import hold_distribution
from appraisal.use_cases.evaluations.freeze import freeze_ratings
from appraisal.use_cases.evaluations.issue import issue_evaluation
from appraisal.use_cases.follow_ups.end import end_follow_ups
from appraisal.use_cases.follow_ups.open import open_follow_up
from appraisal.use_cases.follow_ups.revise import revise_later_follow_ups
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import Transaction, UnitOfWork


def approve_correction(work: UnitOfWork, actor: Principal, command: EndCorrection) -> CorrectionOrderView:
    """Both officers must be impartial today: who proposed is looked at again."""
    with work.transaction(actor.agency_id) as tx:
        order = load_order(tx, command.order_id)
        lock_case(tx, ObligationKind.RECEIPT, order.evaluation_id)
        evaluation = load_evaluation(tx, order.evaluation_id)
        by = RatedBy(self_of(actor), correcting_officer(tx, actor, evaluation))
        require_version(command.expected_version, order.version)
        approved = order.approved(evaluation, by, command.reason, tx.now)
        require_impartial_proposer(tx, order, evaluation)
        update_order(tx, order, approved)
        saved = _apply(tx, actor, approved, evaluation, by)
        detail = {"revision": saved.revision, "order_reference": order.order_reference}
        audit.record(tx, actor, "correction_approved", "correction_order", order.id, **detail)
        return CorrectionOrderView.of(replace(approved, version=order.version + 1), ())


def _apply(tx: Transaction, actor: Principal, order: CorrectionOrder, before: Evaluation, by: RatedBy) -> Evaluation:
    """Give the evaluation its new revision; it keeps the order's number and reason."""
    reopening = Reopening(order.id, order.proposed_by, by.official)
    after = before.reopened(order.rating, reopening, tx.now) if order.reopens else before.corrected(order.rating)
    setting = setting_of(tx, before.period)
    rule = setting.rules.distribution(before.period.last_day)
    guard = hold_distribution(tx, actor, rule, before.period, units=[before.unit_id])
    guard.admit(before.unit_id, order.predicate, instead_of=before.rating.predicate)
    saved = update_evaluation(tx, before, after)
    record = RatingRecord.of(
        saved,
        by.official,
        by.capacity,
        order.rule_version,
        tx.now,
        reason=order.reason,
        order_reference=order.order_reference,
    )
    insert_ratings(tx, [record])
    freeze_ratings(tx, actor, setting, [RatedRevision(saved, record, correction_order_id=order.id)])
    if order.reopens:
        issue_evaluation(tx, setting, saved)
        return saved
    outbox.record(tx, AppraisalCorrected.of(saved, before.rating.predicate))
    end_follow_ups(tx, actor, setting, saved, order)
    open_follow_up(tx, setting, saved)
    revise_later_follow_ups(tx, actor, saved)
    if order.lowers:
        # A periodic one. Only to the annual result is there an objection (PP 30/2019 Art. 59), so the person is owed a
        # dialogue (PermenPANRB 6/2022, ongoing performance dialogue).
        open_dialogue(tx, setting, saved, order.id, DialogueCause.CORRECTION)
    return saved
