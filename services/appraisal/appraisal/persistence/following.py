"""Names that follow the timelines: what is open of whom, and each change with its history in one statement."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import msgspec
from sqlalchemy import select, text

from appraisal.domain.following import Followed, NewSegment, ReroutingView
from appraisal.domain.plan import Plan
from appraisal.domain.values import FollowUpKind, FollowUpState, PlanState
from appraisal.persistence import models
from chassis.ids import new_id
from chassis.records import among, columns_of, fetch_all
from chassis.unit_of_work import Transaction
from directory.models import Stretch

# Set-based, as rows of JSON: any number of plans moves to other names, and each is written down, in one statement. The
# version rises whatever it was, so that whoever has read the former names must read again.
_FOLLOW_PLANS = text(
    "WITH after AS (SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS a (id uuid, move_id uuid, reason text, "
    "changed jsonb, names jsonb)), moved AS (UPDATE plan p SET version = p.version + 1, updated_at = :now, "
    "unit_id = CASE WHEN names ? 'unit_id' THEN CAST(names ->> 'unit_id' AS uuid) ELSE p.unit_id END, "
    "appraiser_id = CASE WHEN names ? 'appraiser_id' THEN CAST(names ->> 'appraiser_id' AS uuid) "
    "ELSE p.appraiser_id END, "
    "reviewer_id = CASE WHEN names ? 'reviewer_id' THEN CAST(names ->> 'reviewer_id' AS uuid) ELSE p.reviewer_id END "
    "FROM after WHERE p.id = after.id AND p.state <> 'CLOSED' "
    "RETURNING p.id, p.agency_id, p.plan_version, p.version, p.state, after.move_id, after.reason, after.changed) "
    "INSERT INTO plan_move (id, agency_id, plan_id, plan_version, version, move, from_state, to_state, actor, reason, "
    "changed, at) SELECT move_id, agency_id, id, plan_version, version, 'FOLLOW', state, state, 'system', reason, "
    "changed, :now FROM moved RETURNING plan_id"
)
# Set-based, likewise. An objection without a decision goes to the new reviewer, unless HR has designated somebody;
# whoever rated never decides.
_FOLLOW_EVALUATIONS = text(
    "WITH after AS (SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS a (id uuid, move_id uuid, reason text, "
    "changed jsonb, names jsonb)), moved AS (UPDATE evaluation e SET version = e.version + 1, "
    "appraiser_id = CASE WHEN names ? 'appraiser_id' THEN CAST(names ->> 'appraiser_id' AS uuid) "
    "ELSE e.appraiser_id END, "
    "reviewer_id = CASE WHEN names ? 'reviewer_id' THEN CAST(names ->> 'reviewer_id' AS uuid) ELSE e.reviewer_id END "
    "FROM after WHERE e.id = after.id AND e.state <> 'FINAL' RETURNING e.id, e.agency_id, e.state, e.appraiser_id, "
    "e.reviewer_id, e.rated_by, e.finished_by, after.move_id, after.reason, after.changed), "
    "rerouted AS (UPDATE objection o SET version = o.version + 1, decider_id = CASE WHEN m.reviewer_id "
    "IN (o.employee_id, m.appraiser_id, m.rated_by, m.finished_by) THEN NULL ELSE m.reviewer_id END FROM moved m "
    "WHERE o.evaluation_id = m.id AND o.outcome IS NULL AND o.designated_by IS NULL) "
    "INSERT INTO evaluation_rerouting (id, agency_id, evaluation_id, state, reason, changed, at) "
    "SELECT move_id, agency_id, id, state, reason, changed, :now FROM moved RETURNING evaluation_id"
)


# Set-based, likewise. Two statements, for the open plan of a person and year is one: the first ends it, the second
# begins the next with its content; the links to results of the former superior stay with the ended one.
_END_SEGMENTS = text(
    "WITH after AS (SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS a (id uuid, move_id uuid, reason text, "
    "last_day date)), was AS (SELECT p.id, p.state FROM plan p JOIN after USING (id) WHERE p.state <> 'CLOSED' "
    "FOR UPDATE OF p), ended AS (UPDATE plan p SET state = 'CLOSED', version = p.version + 1, updated_at = :now, "
    "last_day = after.last_day FROM after, was WHERE p.id = after.id AND was.id = p.id "
    "RETURNING p.id, p.agency_id, p.plan_version, p.version, was.state AS was, after.move_id, after.reason) "
    "INSERT INTO plan_move (id, agency_id, plan_id, plan_version, version, move, from_state, to_state, actor, reason, "
    "at) SELECT move_id, agency_id, id, plan_version, version, 'CLOSE', was, 'CLOSED', 'system', reason, :now "
    "FROM ended RETURNING plan_id"
)
_BEGIN_SEGMENTS = text(
    "WITH after AS (SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS a (id uuid, new_id uuid, move_id uuid, "
    "unit_id uuid, appraiser_id uuid, reviewer_id uuid, first_day date, reason text) WHERE a.id = ANY(:ended)), "
    "begun AS (INSERT INTO plan (id, agency_id, employee_id, year, unit_id, appraiser_id, reviewer_id, model, state, "
    "plan_version, version, first_day, created_at, updated_at) SELECT a.new_id, p.agency_id, p.employee_id, p.year, "
    "a.unit_id, a.appraiser_id, a.reviewer_id, p.model, 'DRAFT', 1, 1, a.first_day, :now, :now "
    "FROM after a JOIN plan p ON p.id = a.id), "
    "entered AS (INSERT INTO plan_move (id, agency_id, plan_id, plan_version, version, move, from_state, to_state, "
    "actor, reason, changed, at) SELECT a.move_id, p.agency_id, a.new_id, 1, 1, 'FOLLOW', 'DRAFT', 'DRAFT', 'system', "
    "a.reason, (SELECT jsonb_agg(jsonb_build_object('field', c.field, 'before', c.before, 'after', c.after)) "
    "FROM (VALUES ('unit_id', p.unit_id, a.unit_id), ('appraiser_id', p.appraiser_id, a.appraiser_id), "
    "('reviewer_id', p.reviewer_id, a.reviewer_id)) c (field, before, after) "
    "WHERE c.before IS DISTINCT FROM c.after), :now FROM after a JOIN plan p ON p.id = a.id) "
    "INSERT INTO plan_version (plan_id, number, agency_id, content, sha256, state) "
    "SELECT a.new_id, 1, v.agency_id, v.content, v.sha256, 'DRAFT' FROM after a JOIN plan p ON p.id = a.id "
    "JOIN plan_version v ON v.plan_id = p.id AND v.number = p.plan_version"
)


def save_new_segments(tx: Transaction, segments: Sequence[NewSegment]) -> set[UUID]:
    """End these plans and begin the next ones; return the ids of those that were still open."""
    if not segments:
        return set()
    rows = [{**vars(one), "move_id": new_id()} for one in segments]
    values = {"rows": msgspec.json.encode(rows).decode(), "now": tx.now}
    ended = set(tx.session.execute(_END_SEGMENTS, values).scalars())
    entered = [{**one, "move_id": new_id()} for one in rows]
    begun = {"rows": msgspec.json.encode(entered).decode(), "now": tx.now, "ended": list(ended)}
    tx.session.execute(_BEGIN_SEGMENTS, begun)
    return ended


def open_plans_of(tx: Transaction, people: Collection[UUID]) -> list[Plan]:
    """Return the plans of these people that are not closed."""
    plan = models.Plan
    query = select(*columns_of(plan, Plan)).where(among(plan.employee_id, people), plan.state != PlanState.CLOSED)
    return fetch_all(tx, query, Plan)


def with_open_coaching(tx: Transaction, people: Collection[UUID]) -> list[UUID]:
    """Return those of these people who are being coached."""
    case = models.FollowUp
    query = select(case.employee_id).where(among(case.employee_id, people), case.state == FollowUpState.OPEN)
    return list(tx.session.scalars(query.where(case.kind == FollowUpKind.COACHING).distinct()))


def save_followed_plans(tx: Transaction, followed: Sequence[Followed]) -> set[UUID]:
    """Write the names of these plans with their history; return the ids of those that are still open."""
    return set(tx.session.execute(_FOLLOW_PLANS, _values(tx, followed)).scalars()) if followed else set()


def save_followed_evaluations(tx: Transaction, followed: Sequence[Followed]) -> set[UUID]:
    """Write the names of these evaluations with their history; return the ids of those that are not final."""
    return set(tx.session.execute(_FOLLOW_EVALUATIONS, _values(tx, followed)).scalars()) if followed else set()


def list_reroutings(tx: Transaction, evaluation_id: UUID) -> list[ReroutingView]:
    """Return every change of the officials named on an evaluation, oldest first."""
    row = models.EvaluationRerouting
    query = select(*columns_of(row, ReroutingView)).where(row.evaluation_id == evaluation_id).order_by(row.at, row.id)
    return fetch_all(tx, query, ReroutingView)


def days_to_come(tx: Transaction, people: Collection[UUID], today: date) -> list[date]:
    """Return the days after today on which something of these people will be otherwise, in order."""
    query = select(Stretch.first_day).where(among(Stretch.employee_id, people), Stretch.first_day > today)
    return list(tx.session.scalars(query.distinct().order_by(Stretch.first_day)))


def changed_on(tx: Transaction, day: date) -> list[UUID]:
    """Return the people of whom something is otherwise from this day on."""
    return list(tx.session.scalars(select(Stretch.employee_id).where(Stretch.first_day == day)))


def _values(tx: Transaction, followed: Sequence[Followed]) -> dict[str, object]:
    rows = [
        {"id": one.id, "move_id": new_id(), "reason": one.reason, "changed": one.changed, "names": one.names}
        for one in followed
    ]
    return {"rows": msgspec.json.encode(rows).decode(), "now": tx.now}
