"""Ask the next level to review what an appraiser has finished, inside the transaction that did so."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from appraisal.domain.cases import review_of
from appraisal.domain.review import HandedIn, Review, Reviewing
from appraisal.domain.setting import AgencySetting
from appraisal.events.reviews import ReviewAsked
from appraisal.persistence.cases import due_with_outages, open_later
from appraisal.persistence.review_officials import cases_of, reviewers_today
from appraisal.persistence.reviews import insert_reviews, reviews_of
from chassis import outbox, timers
from chassis.ids import new_id
from chassis.unit_of_work import Transaction

DEADLINE = "review_deadline"
ONE_SECOND = timedelta(seconds=1)


def load_reviewing(tx: Transaction, setting: AgencySetting, proposals: Collection[UUID]) -> Reviewing:
    """Return what decides whether these proposals are reviewed; where nothing is, it costs no statement."""
    rule = setting.review_rule
    until = setting.deadline(tx.now, rule.days)
    if not rule.kinds:
        return Reviewing(rule, until, {})
    return Reviewing(rule, due_with_outages(tx, until, tx.now), reviews_of(tx, proposals))


def ask_reviews(tx: Transaction, setting: AgencySetting, handed: Sequence[HandedIn]) -> None:
    """Open a review with its deadline for each; nothing of it goes to the employee. Where nobody can, HR designates."""
    if not handed:
        return
    reviews = [Review.asked(new_id(), one.evaluation, one.by, one.further_reason, tx.now) for one in handed]
    insert_reviews(tx, reviews)
    reviewers = reviewers_today(tx, cases_of(tx, [one.evaluation.id for one in handed]))
    by_rule = setting.deadline(tx.now, setting.review_rule.days)
    for one, review in zip(handed, reviews, strict=True):
        reviewer = reviewers[review.id]
        official = None if reviewer is None else reviewer.official
        open_later(tx, review_of(one.evaluation, review, official, by_rule))
        event = ReviewAsked(
            review_id=review.id,
            evaluation_id=review.evaluation_id,
            employee_id=review.employee_id,
            reviewer_id=official,
            review_until=one.evaluation.review_until or by_rule,
        )
        outbox.record(tx, event)
    untils = (one.evaluation.review_until or by_rule for one in handed)
    timers.schedule_all(tx, DEADLINE, {one.id: at + ONE_SECOND for one, at in zip(reviews, untils, strict=True)})
