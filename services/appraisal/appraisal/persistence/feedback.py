"""Feedback between rows and the domain."""

from uuid import UUID

from sqlalchemy import select, update

from appraisal.domain.errors import FeedbackAnswered
from appraisal.domain.feedback import Feedback
from appraisal.persistence import models
from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import columns_of, fetch_one, fetch_page, insert_record, table_of
from chassis.unit_of_work import Transaction

_COLUMNS = columns_of(models.Feedback, Feedback)


def load_feedback(tx: Transaction, feedback_id: UUID) -> Feedback:
    """Return a piece of feedback. Raise NotFound."""
    found = fetch_one(tx, select(*_COLUMNS).where(models.Feedback.id == feedback_id), Feedback)
    return required(found, "umpan balik", feedback_id)


def insert_feedback(tx: Transaction, feedback: Feedback) -> None:
    insert_record(tx, models.Feedback, feedback)


def save_answer(tx: Transaction, feedback: Feedback) -> None:
    """Save the answer. Raise FeedbackAnswered when another request was first."""
    table = table_of(models.Feedback)
    query = update(table).where(table.c.id == feedback.id, table.c.answer.is_(None)).returning(table.c.id)
    values = {"answer": feedback.answer, "answered_at": feedback.answered_at}
    if tx.session.execute(query.values(values)).first() is None:
        raise FeedbackAnswered


def list_feedback(tx: Transaction, page: PageRequest, plan_id: UUID, *, giver_id: UUID | None) -> Page[Feedback]:
    """Return the feedback on a plan by id: all, or that of one giver."""
    feedback = models.Feedback
    query = select(*_COLUMNS).where(feedback.plan_id == plan_id)
    if giver_id is not None:
        query = query.where(feedback.giver_id == giver_id)
    return fetch_page(tx, query, Feedback, page, feedback.id)
