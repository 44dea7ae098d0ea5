"""A running review is owed by who has the office today, as officials come, leave and are stood in for."""

from collections.abc import Collection
from uuid import UUID

from appraisal.domain.reviewers import ReviewCase
from appraisal.events.reviews import ReviewAsked
from appraisal.persistence.evaluations import evaluations_by_id
from appraisal.persistence.review_officials import cases_concerning, owe_reviews, reviewers_today
from chassis import outbox
from chassis.unit_of_work import Transaction


def follow_reviewers(tx: Transaction, people: Collection[UUID] | None) -> None:
    """Follow what concerns these people, or, with None, all that run: what was missed is found each midnight."""
    owe_and_ask(tx, cases_concerning(tx, people))


def owe_and_ask(tx: Transaction, cases: Collection[ReviewCase]) -> None:
    """Let these be owed by who makes them today, and ask those to whom they come anew."""
    if not cases:
        return
    reviewers = reviewers_today(tx, cases)
    changed = owe_reviews(tx, cases, reviewers)
    moved = [one for one in cases if one.review_id in changed]
    found = {one.id: one for one in evaluations_by_id(tx, [one.evaluation_id for one in moved])} if moved else {}
    for one in moved:
        reviewer, until = reviewers[one.review_id], found[one.evaluation_id].review_until
        if until is not None:
            event = ReviewAsked(
                review_id=one.review_id,
                evaluation_id=one.evaluation_id,
                employee_id=one.matter.employee_id,
                reviewer_id=None if reviewer is None else reviewer.official,
                review_until=until,
            )
            outbox.record(tx, event)
