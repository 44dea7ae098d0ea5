"""Who reviews today, for any number of running reviews in a fixed number of statements; and who is to owe them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import text

from appraisal.domain.deciders import Matter
from appraisal.domain.reviewers import ReviewCase, Reviewer, is_impartial, reviewer_of
from appraisal.domain.values import Capacity
from appraisal.persistence.lines import load_lines
from appraisal.persistence.offices import load_offices
from appraisal.persistence.outages import hold_outages
from chassis.unit_of_work import Transaction
from directory.questions import reachable_on, reviewers_on, superiors_on, today

# Joins three tables: the running reviews, each with everybody who has made one of the ratings; those of evaluations,
# those that concern these people, or all of the agency. People also concern those that are nobody's now, since who
# would have the duty was away: these are found by the appraiser's superior.
_CASES = text(
    "SELECT r.id AS review_id, e.id AS evaluation_id, e.employee_id, e.appraiser_id, r.designated_id, "
    "array_remove(ARRAY(SELECT v.decided_by FROM evaluation_version v WHERE v.evaluation_id = e.id) "
    "|| ARRAY[e.appraiser_id, e.rated_by, e.finished_by, r.asked_by], NULL) AS raters "
    "FROM evaluation_review r JOIN evaluation e ON e.id = r.evaluation_id WHERE r.outcome IS NULL "
    "AND (CAST(:evaluations AS uuid[]) IS NULL OR e.id = ANY(:evaluations)) "
    "AND (CAST(:people AS uuid[]) IS NULL OR e.employee_id = ANY(:people) OR e.appraiser_id = ANY(:people) "
    "OR r.designated_id = ANY(:people) "
    "OR EXISTS (SELECT FROM obligation o WHERE o.employee_id = e.employee_id AND o.kind = 'REVIEW' "
    "AND o.subject = CAST(r.id AS text) AND o.owed_by = ANY(:people)) "
    "OR EXISTS (SELECT FROM directory_stretch s WHERE s.employee_id = e.appraiser_id "
    "AND s.superior_id = ANY(:people))) ORDER BY r.id"
)
# Set-based: many rows, each with another official.
_OWE = text(
    "UPDATE obligation o SET owed_by = n.owed_by, version = o.version + 1, updated_at = :now "
    "FROM unnest(CAST(:reviews AS text[]), CAST(:employees AS uuid[]), CAST(:owing AS uuid[])) "
    "AS n (subject, employee_id, owed_by) WHERE o.employee_id = n.employee_id AND o.kind = 'REVIEW' "
    "AND o.subject = n.subject AND o.state = 'OPEN' AND o.owed_by IS DISTINCT FROM n.owed_by RETURNING o.subject"
)


def cases_of(tx: Transaction, evaluation_ids: Collection[UUID]) -> list[ReviewCase]:
    """Return the running reviews of these evaluations."""
    return _cases(tx, {"evaluations": list(evaluation_ids), "people": None})


def cases_concerning(tx: Transaction, people: Collection[UUID] | None) -> list[ReviewCase]:
    """Return the running reviews whose reviewer depends on these people; None: all of the agency."""
    return _cases(tx, {"evaluations": None, "people": None if people is None else list(people)})


def _cases(tx: Transaction, which: Mapping[str, object]) -> list[ReviewCase]:
    return [
        ReviewCase(
            row.review_id,
            row.evaluation_id,
            Matter(row.employee_id, row.appraiser_id, frozenset(row.raters)),
            row.designated_id,
        )
        for row in tx.session.execute(_CASES, which)
    ]


def reviewers_today(tx: Transaction, cases: Collection[ReviewCase]) -> dict[UUID, Reviewer | None]:
    """Return by review who makes it today: whom HR has designated, else the next level above who appraises."""
    if not cases:
        return {}
    day, employees = today(tx), {one.matter.employee_id for one in cases}
    named: defaultdict[UUID, set[UUID | None]] = defaultdict(set)
    for one in cases:
        named[one.matter.employee_id].add(one.matter.appraiser_id)
    offices = load_offices(tx, named, day)
    starts = {one.review_id: offices.named(one.matter.employee_id, one.matter.appraiser_id) for one in cases}
    duties, above = superiors_on(tx, employees, day).known, reviewers_on(tx, employees, day).known
    designated = {one.designated_id for one in cases if one.designated_id is not None}
    present = reachable_on(tx, designated, day) if designated else frozenset()
    asked = {one for one in (*starts.values(), *designated) if one is not None}
    asked |= {official for one in above.values() if one for official in (one.holder_id, one.superior_id)}
    lines = load_lines(tx, asked, day)
    found: dict[UUID, Reviewer | None] = {}
    for one in cases:
        start, who = starts[one.review_id], one.designated_id
        if who is not None:
            may = who in present and is_impartial(one.matter, who, lines)
            found[one.review_id] = Reviewer(who, Capacity.DESIGNATED) if may else None
            continue
        duty = duties.get(one.matter.employee_id)
        first = above.get(one.matter.employee_id) if duty is not None and duty.holder_id == start else None
        found[one.review_id] = reviewer_of(one.matter, start, first, lines)
    return found


def owe_reviews(tx: Transaction, cases: Collection[ReviewCase], reviewers: Mapping[UUID, Reviewer | None]) -> set[UUID]:
    """Let these reviews be owed by who makes them today; return those that were another's before."""
    hold_outages(tx)
    owing = [reviewers[one.review_id] for one in cases]
    values = {
        "reviews": [str(one.review_id) for one in cases],
        "employees": [one.matter.employee_id for one in cases],
        "owing": [None if one is None else one.official for one in owing],
        "now": tx.now,
    }
    return {UUID(subject) for subject in tx.session.execute(_OWE, values).scalars()}
