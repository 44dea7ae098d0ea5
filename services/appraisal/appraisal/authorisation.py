"""Who stands in which relation to a plan, an evaluation or a case; each use case asks here once."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from uuid import UUID

from appraisal.domain.capacity import OfficialToday
from appraisal.domain.correction import CorrectionOrder, CorrectionState, Officer
from appraisal.domain.correction_errors import CorrectionProposerNotImpartial
from appraisal.domain.deciders import Lines, Matter, require_impartial
from appraisal.domain.evaluation import Evaluation, RatedBy
from appraisal.domain.evaluation_parties import EvaluationParties, PresentOfficials
from appraisal.domain.follow_up import FollowUp
from appraisal.domain.objection import Objection
from appraisal.domain.oversight_errors import InspectorWithoutEmployee
from appraisal.domain.people import Unit
from appraisal.domain.plan import Plan
from appraisal.domain.proceedings import Part
from appraisal.domain.rule_errors import OfficerWithoutEmployee
from appraisal.domain.values import Capacity
from appraisal.persistence.evaluations import has_appraised_by, rated_of
from appraisal.persistence.lines import load_lines
from appraisal.persistence.people import (
    is_active_employee,
    is_active_official,
    led_units,
    units_below,
)
from appraisal.persistence.review_officials import cases_of, reviewers_today
from appraisal.persistence.reviews import reviews_evaluation
from chassis.auth import Principal, need_other
from chassis.errors import AppError, Forbidden
from chassis.unit_of_work import Transaction
from directory.answers import Answers, Superior
from directory.questions import reviewers_on, superiors_on, today, units_on

WHOLE_AGENCY = ("hr_officer", "inspector")


def self_of(actor: Principal) -> UUID:
    """Return the employee behind an account. Raise Forbidden for a machine, which has none."""
    if actor.employee_id is None:
        raise Forbidden
    return actor.employee_id


def officer_of(actor: Principal) -> UUID:
    """Return the employee who acts in office. Raise OfficerWithoutEmployee: whose own case it is could not be known."""
    if actor.employee_id is None:
        raise OfficerWithoutEmployee
    return actor.employee_id


def inspector_of(actor: Principal) -> UUID:
    """Return the employee who inspects. Raise InspectorWithoutEmployee: what is about them could not be known."""
    if actor.employee_id is None:
        raise InspectorWithoutEmployee
    return actor.employee_id


def is_subordinate_of(tx: Transaction, employee_id: UUID, other: UUID) -> bool:
    """Return whether somebody is, as far as it is known, the direct subordinate of another today."""
    superior = superiors_on(tx, [employee_id], today(tx)).known.get(employee_id)
    return superior is not None and superior.holder_id == other


def require_self(actor: Principal, employee_id: UUID) -> None:
    if actor.employee_id != employee_id:
        raise Forbidden


def require_disclosed_to_self(actor: Principal, evaluation: Evaluation) -> None:
    """Raise Forbidden for all but the employee, and for them while they must not learn of it: no refusal names it."""
    require_self(actor, evaluation.employee_id)
    if evaluation.is_undisclosed:
        raise Forbidden


def require_one_of(actor: Principal, people: Iterable[UUID | None]) -> None:
    if not _is_one_of(actor, *people):
        raise Forbidden


def require_self_or_hr(actor: Principal, employee_id: UUID) -> None:
    if actor.employee_id != employee_id and not actor.has("hr_officer"):
        raise Forbidden


def visible_units(tx: Transaction, actor: Principal) -> set[UUID] | None:
    """Return the units whose aggregates somebody may see: None for the whole agency, an empty set for nothing."""
    if actor.has(*WHOLE_AGENCY):
        return None
    if actor.has("unit_leader"):
        day = today(tx)
        own = set() if actor.unit_id is None else {actor.unit_id}
        return units_below(tx, own | led_units(tx, actor.employee_id, day), day)
    return set()


def require_unit(tx: Transaction, actor: Principal, unit_id: UUID) -> None:
    units = visible_units(tx, actor)
    if units is not None and unit_id not in units:
        raise Forbidden


def units_led_from_above(tx: Transaction, actor: Principal) -> set[UUID] | None:
    """Return the units directly below those that somebody leads: None for the whole agency."""
    units = visible_units(tx, actor)
    if not units:
        return units
    day = today(tx)
    led = ({actor.unit_id} | led_units(tx, actor.employee_id, day)) - {None}
    found = units_on(tx, units, day).known
    return {unit for unit, stretch in found.items() if stretch is not None and stretch.parent_id in led}


def leads_parent_unit(tx: Transaction, actor: Principal, unit: Unit) -> bool:
    """Return whether somebody is the leader of the unit directly above."""
    if unit.parent_id is None or not actor.has("unit_leader"):
        return False
    return unit.parent_id == actor.unit_id or unit.parent_id in led_units(tx, actor.employee_id, today(tx))


def official_on(
    tx: Transaction,
    actor: Principal,
    named: Iterable[tuple[UUID, UUID | None]],
    day: date,
    ask: Callable[[Transaction, Iterable[UUID], date], Answers[Superior | None]] = superiors_on,
) -> OfficialToday:
    """Return the caller as an official towards these people on a day; `capacity` says as whom, or raises Forbidden.

    `named` pairs each person with the official whose name the plan or the evaluation bears; only where that is
    another's, it is asked who has the duty today.
    """
    official = actor.employee_id
    if official is None:
        return OfficialToday(None, is_employed=False, is_external=False, superiors=Answers({}, {}))
    is_employed = is_active_employee(tx, official, day)
    is_external = not is_employed and is_active_official(tx, official, day)
    asked = [one for one, bearer in named if not (is_employed and bearer == official)]
    superiors = ask(tx, asked, day) if asked else Answers[Superior | None]({}, {})
    return OfficialToday(official, is_employed, is_external, superiors)


def acting_capacity(tx: Transaction, actor: Principal, employee_id: UUID, named: UUID | None) -> RatedBy:
    """Return as whom the caller appraises an employee today. Raise Forbidden, or NotKnownYet.

    `named` is the appraiser whose name the plan or the evaluation bears.
    """
    capacity = official_on(tx, actor, [(employee_id, named)], today(tx)).capacity(employee_id, named)
    return RatedBy(self_of(actor), capacity)


def deciding_capacity(tx: Transaction, actor: Principal, objection: Objection) -> RatedBy:
    """Return as whom the caller decides an objection today. Raise Forbidden, or NotKnownYet."""
    named = [(objection.employee_id, objection.decider_id)]
    official = official_on(tx, actor, named, today(tx), ask=reviewers_on)
    capacity = official.capacity(objection.employee_id, objection.decider_id, _own_capacity(objection))
    return RatedBy(self_of(actor), capacity)


def _own_capacity(objection: Objection) -> Capacity:
    return Capacity.DESIGNATED if objection.designated_by else Capacity.REVIEWER


def examining_capacity(tx: Transaction, actor: Principal, objection: Objection, matter: Matter) -> RatedBy:
    """Return as whom the caller calls and records an examination: as the decider, or as HR on their behalf.

    Raise Forbidden, or OwnAffair for HR in a matter of their own, or of somebody in whose place they act.
    """
    if not actor.has("hr_officer") or Part.DECIDER in parts_of(tx, actor, [objection])[0]:
        return deciding_capacity(tx, actor, objection)
    need_other_party(tx, actor, matter)
    return RatedBy(self_of(actor), Capacity.HR)


def require_impartial_today(tx: Transaction, objection: Objection, matter: Matter, by: RatedBy) -> None:
    """Raise the reason for which who decides, or examines for the decision, may not; HR only writes for the decider."""
    if by.capacity is not Capacity.HR:
        lines = load_lines(tx, [by.official], today(tx))
        require_impartial(matter, by.official, lines, objection.designated_by)


def need_other_party(tx: Transaction, actor: Principal, matter: Matter) -> None:
    """Raise OwnAffair for HR in an objection of their own, to a rating of theirs, or of whom they stand in for."""
    for party in matter.parties:
        need_other(actor, party)
    need_other_than_stand_in(tx, actor, matter.employee_id, matter.raters)


def parts_of(tx: Transaction, actor: Principal, objections: Collection[Objection]) -> list[frozenset[Part]]:
    """Return what the caller is in each of these objections today, asked for all of them at once.

    Who decides is never the appraiser's side too, though they may stand in for the appraiser.
    """
    day = today(tx)
    appraising = official_on(tx, actor, [(one.employee_id, one.appraiser_id) for one in objections], day)
    decided = [one for one in objections if one.decider_id is not None]
    named = [(one.employee_id, one.decider_id) for one in decided]
    deciding = official_on(tx, actor, named, day, ask=reviewers_on)

    def parts(one: Objection) -> Iterable[Part]:
        if actor.is_about(one.employee_id):
            yield Part.EMPLOYEE
        if one.decider_id is not None and deciding.find(one.employee_id, one.decider_id) is not None:
            yield Part.DECIDER
        elif appraising.find(one.employee_id, one.appraiser_id) is not None:
            yield Part.APPRAISER
        if actor.has("hr_officer") and not _is_one_of(actor, one.employee_id, one.appraiser_id):
            yield Part.HR

    return [frozenset(parts(one)) for one in objections]


def correcting_officer(tx: Transaction, actor: Principal, evaluation: Evaluation) -> Capacity:
    """Return as whom the caller corrects a final evaluation. Raise Forbidden, or CorrectionNotImpartial."""
    self_of(actor)
    officer = _officer(tx, actor, [evaluation.id])
    capacity = officer.capacity(evaluation, present_officials(tx, evaluation.employee_id).reviewer_id)
    officer.require_impartial(evaluation)
    return capacity


def require_impartial_proposer(tx: Transaction, order: CorrectionOrder, evaluation: Evaluation) -> None:
    """Raise CorrectionProposerNotImpartial where who proposed an order has come below the employee since.

    The order would be theirs as much as the second officer's.
    """
    lines = load_lines(tx, [order.proposed_by], today(tx))
    if evaluation.employee_id in lines.above(order.proposed_by):
        raise CorrectionProposerNotImpartial


def may_correct(tx: Transaction, actor: Principal, evaluations: Collection[Evaluation]) -> set[UUID]:
    """Return the ids of those evaluations of which the caller may decide a correction."""
    officer, allowed = _officer(tx, actor, [one.id for one in evaluations]), set()
    reviewers = reviewers_on(tx, {one.employee_id for one in evaluations}, today(tx)).known
    for one in evaluations:
        present = reviewers.get(one.employee_id)
        try:
            officer.capacity(one, None if present is None else present.holder_id)
            officer.require_impartial(one)
        except AppError:
            continue
        allowed.add(one.id)
    return allowed


def require_order_reader(tx: Transaction, actor: Principal, order: CorrectionOrder, evaluation: Evaluation) -> None:
    """An order is read by its officers, the reviewer, HR and inspectors; by the employee once it is approved."""
    if actor.employee_id == order.employee_id:
        if order.state is not CorrectionState.APPROVED:
            raise Forbidden
        return
    if not actor.has(*WHOLE_AGENCY) and not _is_one_of(actor, order.proposed_by, order.ended_by):
        _officer(tx, actor, []).capacity(evaluation, present_officials(tx, evaluation.employee_id).reviewer_id)


def _officer(tx: Transaction, actor: Principal, evaluation_ids: Collection[UUID]) -> Officer:
    official, is_hr = actor.employee_id, actor.has("hr_officer")
    if official is None:
        return Officer(None, is_hr, Lines())
    lines = load_lines(tx, [official], today(tx))
    return Officer(official, is_hr, lines, rated_of(tx, official, evaluation_ids))


def require_plan_reader(tx: Transaction, actor: Principal, plan: Plan) -> None:
    """A plan is read by its owner, appraiser and reviewer, by HR and inspectors, and by the leader of the unit.

    Whoever stands in for the appraiser today reads it too, and whoever has rated by it.
    """
    if actor.has(*WHOLE_AGENCY) or _is_one_of(actor, plan.employee_id, plan.appraiser_id, plan.reviewer_id):
        return
    if _stands_in_today(tx, actor, plan):
        return
    if actor.employee_id is not None and has_appraised_by(tx, plan.id, actor.employee_id):
        return
    require_unit(tx, actor, plan.unit_id)


def makes_plan(tx: Transaction, actor: Principal, plan: Plan) -> bool:
    """Return whether somebody edits or agrees a plan: its owner, HR, the appraiser, or who stands in for them today.

    They read the draft beside the version in force.
    """
    if actor.has("hr_officer") or _is_one_of(actor, plan.employee_id, plan.appraiser_id):
        return True
    return _stands_in_today(tx, actor, plan)


def _stands_in_today(tx: Transaction, actor: Principal, plan: Plan) -> bool:
    superior = superiors_on(tx, [plan.employee_id], today(tx)).known.get(plan.employee_id)
    return superior is not None and _is_one_of(actor, superior.superior_id)


def require_objection_reader(tx: Transaction, actor: Principal, objection: Objection) -> None:
    """Both sides read it, the employee and the appraiser, with the decider, HR and inspectors.

    Whoever stands in for the appraiser or the decider today reads it too.
    """
    named = (objection.employee_id, objection.appraiser_id, objection.decider_id)
    if actor.has(*WHOLE_AGENCY) or _is_one_of(actor, *named):
        return
    if not parts_of(tx, actor, [objection])[0]:
        raise Forbidden


def is_log_reader(actor: Principal, plan: Plan) -> bool:
    """What is written along a plan is about a person: the leaders above see the plan and sums, not these texts."""
    people = (plan.employee_id, plan.appraiser_id, plan.reviewer_id)
    return actor.has(*WHOLE_AGENCY) or _is_one_of(actor, *people)


def require_log_reader(actor: Principal, plan: Plan) -> None:
    if not is_log_reader(actor, plan):
        raise Forbidden


def require_evaluation_reader(tx: Transaction, actor: Principal, found: EvaluationParties) -> None:
    """An evaluation is read by the person, by those who rate them now or then, by HR and inspectors; nobody else.

    A proposal is the appraiser's draft: the person reads it once it is finished, and confirmed where it is reviewed,
    whatever office they hold. Who reviews it reads it too.
    Who has left service reads the own ones only, however many others they have rated.
    """
    if _is_kept_from(actor, found.evaluation):
        raise Forbidden
    if actor.has(*WHOLE_AGENCY) or _is_one_of(actor, *found.named):
        return
    # asked last: two questions to the directory cost more than reading the evaluation
    present = present_officials(tx, found.evaluation.employee_id)
    if _is_one_of(actor, *present.appraising, *present.reviewing):
        return
    if actor.employee_id is None or not reviews_evaluation(tx, found.evaluation.id, actor.employee_id):
        raise Forbidden


def reviewing_capacity(tx: Transaction, actor: Principal, evaluation: Evaluation) -> RatedBy:
    """Return as whom the caller reviews an extreme rating today. Raise Forbidden."""
    official, cases = self_of(actor), cases_of(tx, [evaluation.id])
    for reviewer in reviewers_today(tx, cases).values():
        if reviewer is not None and reviewer.official == official:
            return RatedBy(official, reviewer.capacity)
    raise Forbidden


def readable_evaluations(
    actor: Principal, found: Iterable[EvaluationParties], present: PresentOfficials
) -> list[Evaluation]:
    """Return those of one person's evaluations that the caller may read, by the rules for each of them."""
    reads_all = actor.has(*WHOLE_AGENCY) or _is_one_of(actor, *present.appraising, *present.reviewing)
    read = (one for one in found if reads_all or _is_one_of(actor, *one.named))
    return [one.evaluation for one in read if not _is_kept_from(actor, one.evaluation)]


def _is_kept_from(actor: Principal, evaluation: Evaluation) -> bool:
    is_own = actor.employee_id == evaluation.employee_id
    return evaluation.is_undisclosed if is_own else actor.has("former_employee")


def require_evidence_reader(tx: Transaction, actor: Principal, employee_id: UUID, named: UUID | None) -> None:
    """What is weighed before a rating is read by who rates, by the person, and by HR, who rates by an order.

    `named` is the appraiser of the period.
    """
    if not actor.is_about(employee_id) and not actor.has("hr_officer"):
        acting_capacity(tx, actor, employee_id, named)


def present_officials(tx: Transaction, employee_id: UUID) -> PresentOfficials:
    """Return who appraises and reviews an employee today, as far as it is known."""
    day, person = today(tx), [employee_id]
    superior = superiors_on(tx, person, day).known.get(employee_id)
    reviewer = reviewers_on(tx, person, day).known.get(employee_id)
    return PresentOfficials(
        None if superior is None else superior.holder_id,
        None if reviewer is None else reviewer.holder_id,
        None if superior is None else superior.superior_id,
        None if reviewer is None else reviewer.superior_id,
    )


def need_other_than_stand_in(
    tx: Transaction, actor: Principal, employee_id: UUID, officials: Collection[UUID | None]
) -> None:
    """Raise OwnAffair for whoever stands in today for one of these, who has a duty towards an employee."""
    day = today(tx)
    for ask in (superiors_on, reviewers_on):
        found = ask(tx, [employee_id], day).known.get(employee_id)
        if found is not None and found.holder_id in officials:
            need_other(actor, found.superior_id)


def is_follow_up_party(actor: Principal, follow_up: FollowUp) -> bool:
    return _is_one_of(actor, *follow_up.parties)


def _is_one_of(actor: Principal, *people: UUID | None) -> bool:
    return actor.employee_id is not None and actor.employee_id in people
