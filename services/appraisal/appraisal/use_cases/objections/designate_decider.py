"""HR names the official who decides an objection that has no impartial reviewer, or whose reviewer is away."""

from uuid import UUID

from appraisal.authorisation import need_other_party, self_of
from appraisal.domain.deciders import Matter, require_designated
from appraisal.domain.objection_views import ObjectionView
from appraisal.domain.proceedings import ObjectionMove
from appraisal.events import DeciderDesignated
from appraisal.persistence.case_officials import follow_case_officials
from appraisal.persistence.cases import lock_objection
from appraisal.persistence.evaluations import list_ratings, load_evaluation
from appraisal.persistence.lines import load_standing
from appraisal.persistence.objections import load_proceedings, objections_to, update_objection
from appraisal.persistence.people import require_reachable
from appraisal.use_cases.objections.read import view_objection
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def designate_decider(
    work: UnitOfWork, actor: Principal, objection_id: UUID, *, decider_id: UUID, reason: str
) -> ObjectionView:
    """Name an employee, or an official from outside: the PPK, where a top official has rated."""
    with work.transaction(actor.agency_id) as tx:
        lock_objection(tx, objection_id)
        proceedings, day = load_proceedings(tx, objection_id), today(tx)
        before = proceedings.objection
        evaluation = load_evaluation(tx, before.evaluation_id)
        matter = Matter.of(evaluation, list_ratings(tx, evaluation.id), objections_to(tx, evaluation.id))
        need_other_party(tx, actor, matter)
        proceedings.require(ObjectionMove.DESIGNATE, tx.now)
        require_reachable(tx, "decider_id", [decider_id], day)
        standing = load_standing(tx, decider_id, matter.appraiser_id, day)
        require_designated(matter, decider_id, self_of(actor), standing)
        after = before.designated(decider_id, self_of(actor), reason)
        update_objection(tx, before, after)
        follow_case_officials(tx, [before.employee_id])
        outbox.record(tx, DeciderDesignated.of(after))
        audit.record(tx, actor, "objection_decider_designated", "objection", objection_id, decider_id=decider_id)
        return view_objection(tx, actor, objection_id)
