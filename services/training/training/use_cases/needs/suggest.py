"""Suggest courses, sessions and reading that would help with a need, best first, each with its reasons."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from training.authorisation import require_reader
from training.domain.session import SessionView
from training.domain.suggestions import CourseSuggestion, ItemSuggestion, SuggestionsView
from training.persistence.competencies import find_competency
from training.persistence.courses import courses_for
from training.persistence.needs import load_need
from training.persistence.reference_items import items_for
from training.persistence.sessions import open_sessions


def suggest_for_need(work: UnitOfWork, actor: Principal, need_id: UUID) -> SuggestionsView:
    with work.transaction(actor.agency_id) as tx:
        need = load_need(tx, need_id)
        require_reader(tx, actor, need.employee_id, "need_suggestions")
        courses = courses_for(tx, need.competency_code)
        sessions: dict[str, list[SessionView]] = {course.code: [] for course in courses}
        for session in open_sessions(tx, list(sessions), today(tx)):
            sessions[session.course_code].append(session)
        competency = find_competency(tx, need.competency_code)
        name = competency.name if competency else ""
        return SuggestionsView.of(
            need,
            [CourseSuggestion.of(course, sessions[course.code], need) for course in courses],
            [ItemSuggestion.of(item, name) for item in items_for(tx, need.competency_code)],
        )
