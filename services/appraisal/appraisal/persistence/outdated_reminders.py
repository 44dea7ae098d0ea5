"""Whose reminders of the last days name what is so no longer; found and recorded in one statement."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import text

from appraisal.persistence.reminders import NO_STAGE
from chassis.unit_of_work import Transaction

# An e-mail waits for a week at the longest, for a weekly digest, and then over the weekend.
_WAITS = timedelta(days=10)
# Set-based. Outdated is what was reminded of with another deadline, what is excused or owed no longer, and what has
# gone from one official to another, or to nobody; not what its owner has done, as a plan that was submitted. Whose
# reminders these were is reminded anew of all that is left: `stage` goes back to before the first one. Whoever is above
# them is notified anew, too: of them everything that waits is dropped.
_WITHDRAW = (
    "WITH outdated AS (SELECT DISTINCT r.owed_by FROM {candidates} "
    "JOIN obligation_reminder r ON r.obligation_id = c.id JOIN obligation o ON o.id = r.obligation_id "
    "WHERE r.reminded_on > :since AND r.stage > :none AND o.state <> 'DONE' "
    "AND (o.due_at IS DISTINCT FROM r.due_at OR o.state <> 'OPEN' OR (r.owed_by <> o.employee_id "
    "AND o.owed_by IS DISTINCT FROM r.owed_by AND o.owed_by IS DISTINCT FROM o.employee_id)) "
    "ORDER BY r.owed_by LIMIT :most), "
    "put AS (UPDATE obligation_reminder SET stage = :none, escalated_for = NULL "
    "WHERE owed_by IN (SELECT owed_by FROM outdated) AND reminded_on > :since) "
    "SELECT owed_by FROM outdated ORDER BY owed_by"
)
_OF_ALL = text(_WITHDRAW.format(candidates="(SELECT obligation_id AS id FROM obligation_reminder) c"))
_OF_PEOPLE = text(
    _WITHDRAW.format(
        candidates="(SELECT obligation_id AS id FROM obligation_reminder WHERE owed_by = ANY(:people) "
        "UNION SELECT id FROM obligation WHERE employee_id = ANY(:people)) c"
    )
)


def withdraw_outdated(tx: Transaction, day: date, people: Collection[UUID] | None, most: int) -> list[UUID]:
    """Return whose reminders are outdated, each once: of what these people owe, or is owed about them; None: of all."""
    values: dict[str, object] = {"since": day - _WAITS, "none": NO_STAGE, "most": most}
    if people is None:
        return list(tx.session.scalars(_OF_ALL, values))
    return list(tx.session.scalars(_OF_PEOPLE, {**values, "people": list(people)}))
