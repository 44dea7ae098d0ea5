"""Escalate a late review: to who is above the reviewer, and after further days to HR. Nothing confirms itself."""

from uuid import UUID

from appraisal.domain.obligation import ObligationKind
from appraisal.events.reviews import OverdueLevel, ReviewOverdue
from appraisal.persistence.cases import lock_case
from appraisal.persistence.reviews import load_review, update_review
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.reviews.ask import DEADLINE, ONE_SECOND
from chassis import audit, outbox, timers
from chassis.unit_of_work import Transaction
from directory.questions import superiors_on, today


def escalate_review(tx: Transaction, review_id: UUID) -> None:
    """Publish each step once for a deadline that passed; one that is not late yet waits again."""
    deadline, before = lock_case(tx, ObligationKind.REVIEW, review_id), load_review(tx, review_id)
    if deadline is None or not before.is_open:
        return
    if tx.now <= deadline.due_at:
        timers.schedule(tx, DEADLINE, review_id, deadline.due_at + ONE_SECOND)
        return
    setting = load_setting(tx)
    for_hr_from = setting.deadline(deadline.due_at, setting.review_rule.hr_after_days)
    if before.escalated_at is None:
        after, level = before.escalated(tx.now), OverdueLevel.SUPERIOR
    elif tx.now > for_hr_from:
        after, level = before.left_to_hr(tx.now), OverdueLevel.HR
    else:
        after, level = before, OverdueLevel.HR
    if after.for_hr_at is None:
        timers.schedule(tx, DEADLINE, review_id, for_hr_from + ONE_SECOND)
    if after is before:
        return
    update_review(tx, before, after)
    event = ReviewOverdue(
        review_id=review_id,
        evaluation_id=before.evaluation_id,
        employee_id=before.employee_id,
        reviewer_id=deadline.owed_by,
        reviewer_superior_id=_superior_of(tx, deadline.owed_by),
        level=level,
        review_until=deadline.due_at,
    )
    outbox.record(tx, event)
    audit.record(tx, "system", "review_escalated", "evaluation", before.evaluation_id, level=level)


def _superior_of(tx: Transaction, reviewer_id: UUID | None) -> UUID | None:
    """Return who is above the reviewer today, or stands in there; None without a reviewer, or where it is not known."""
    if reviewer_id is None:
        return None
    found = superiors_on(tx, [reviewer_id], today(tx)).known.get(reviewer_id)
    return None if found is None else found.superior_id
