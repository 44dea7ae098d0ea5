"""Courses, sessions and reading that would help with a need, best first, each with its reasons."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from training.domain.library import copies_free
from training.domain.suggestions import course_fit, item_fit
from training.persistence import catalogue, competencies, library, people
from training.persistence.models import Need, TrainingSession
from training.persistence.rows import View, flat
from training.use_cases.rights import authorise_read
from training.use_cases.show_need import need_or_404

MOST = 20


def suggest_for_need(work: UnitOfWork, actor: Principal, need_id: UUID) -> View:
    with work.transaction(actor.agency_id) as tx:
        need = need_or_404(tx, need_id)
        authorise_read(tx, actor, need.employee_id, "need_suggestions")
        return {
            "need_id": need.id,
            "competency_code": need.competency_code,
            "courses": _courses(tx, need),
            "reference_items": _items(tx, need),
        }


def _courses(tx: Transaction, need: Need) -> list[View]:
    courses = catalogue.courses_for(tx, need.competency_code)
    sessions: dict[str, list[TrainingSession]] = {course.code: [] for course in courses}
    for session in catalogue.open_sessions(tx, list(sessions), people.today(tx)):
        sessions[session.course_code].append(session)
    found: list[View] = []
    for course in courses:
        fit = course_fit(
            level=course.level,
            required_level=need.required_level,
            actual_level=need.actual_level,
            seats_free=sum(one.seats - one.taken for one in sessions[course.code]),
            competencies=len(course.competency_codes),
        )
        offers = catalogue.session_views(tx, sessions[course.code])
        found.append({"course": flat(course), "sessions": offers, "score": fit.score, "reasons": list(fit.reasons)})
    return sorted(found, key=lambda one: -one["score"])[:MOST]


def _items(tx: Transaction, need: Need) -> list[View]:
    competency = competencies.competency(tx, need.competency_code)
    name = competency.name.casefold() if competency else ""
    found: list[View] = []
    for item in library.items_for(tx, need.competency_code):
        fit = item_fit(
            competencies=len(item.competency_codes),
            subject_hit=bool(name) and name in item.subject.casefold(),
            open_access=item.link is not None,
            copies_free=copies_free(item.copies, item.on_loan, item.reserved),
        )
        found.append({"item": library.item_view(item), "score": fit.score, "reasons": list(fit.reasons)})
    return sorted(found, key=lambda one: -one["score"])[:MOST]
