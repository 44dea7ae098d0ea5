"""What ratings rest on: gathered for many at once, and frozen with each."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select, text

from appraisal.domain.rating_basis import FrozenBasis, RatedThing
from appraisal.domain.rating_inputs import GatheredInputs
from appraisal.domain.spans import Days, Span
from appraisal.persistence import models
from chassis.records import among, columns_of, fetch_all
from chassis.unit_of_work import Transaction

# Set-based: what any number of ratings of one period rest on, in one statement and so as of one moment. Each part is
# found from the person's plans or from the evaluation; `year + 0` because without statistics the planner takes the
# index by year for as good as the one by person, and reads all plans of the agency for each. Moments are written in
# UTC, and quantities as text: they are hashed, and must not depend on the connection.
_GATHER = text(
    "SELECT s.evaluation_id, "
    "(SELECT v.sha256 FROM plan_version v WHERE v.plan_id = s.plan_id AND v.number = s.plan_version) AS plan_sha256, "
    "(SELECT json_agg(json_build_object('plan_id', p.id, 'unit_id', p.unit_id, 'state', p.state, "
    "'first_day', p.first_day, 'last_day', p.last_day, 'active_version', p.active_version) ORDER BY p.id) "
    "FROM plan p WHERE p.employee_id = s.employee_id AND p.year + 0 = :year AND p.active_version IS NOT NULL) "
    "AS plans_of_the_year, "
    "(SELECT json_agg(json_build_object('id', g.id, 'work_result_id', g.work_result_id, 'day', g.day, "
    "'quantity', CAST(g.quantity AS text), 'recorded_at', CAST(g.recorded_at AT TIME ZONE 'UTC' AS text) || 'Z', "
    "'has_evidence', g.evidence_link IS NOT NULL) ORDER BY g.id) FROM plan p JOIN progress g ON g.plan_id = p.id "
    "WHERE p.employee_id = s.employee_id AND p.year + 0 = :year AND g.day BETWEEN :first_day AND :last_day "
    "AND g.recorded_at <= :until) AS progress, "
    "(SELECT json_agg(json_build_object('id', f.id, 'giver_role', f.giver_role, 'work_result_id', f.work_result_id, "
    "'behaviour_value', f.behaviour_value, 'text', f.text, 'evidence_link', f.evidence_link, "
    "'given_at', CAST(f.given_at AT TIME ZONE 'UTC' AS text) || 'Z', "
    "'answer', CASE WHEN f.answered_at <= :until THEN f.answer END) ORDER BY f.id) "
    "FROM plan p JOIN feedback f ON f.plan_id = p.id WHERE p.employee_id = s.employee_id "
    "AND f.given_at >= :begins AND f.given_at < :ends AND f.given_at <= :until) AS feedback, "
    "(SELECT json_agg(json_build_object('evaluation_id', e.id, 'revision', e.revision, 'quarter', e.quarter, "
    "'month', e.month, 'work_result', e.work_result, 'behaviour', e.behaviour, 'predicate', e.predicate) "
    "ORDER BY coalesce(e.month, 3 * e.quarter)) FROM evaluation e WHERE e.id = ANY(ARRAY("
    "SELECT CAST(jsonb_array_elements_text(v.considered) AS uuid) FROM evaluation_version v "
    "WHERE v.evaluation_id = s.evaluation_id))) AS periodic_evaluations, "
    "(SELECT json_agg(to_jsonb(r) || jsonb_build_object('rated_at', "
    "CAST(r.rated_at AT TIME ZONE 'UTC' AS text) || 'Z') ORDER BY r.first_day) FROM segment_rating r "
    "WHERE r.employee_id = s.employee_id AND r.year = :year AND coalesce(r.quarter, 0) = :quarter "
    "AND coalesce(r.month, 0) = :month AND r.rated_at <= :until "
    "AND r.last_day <= :last_day AND r.id <> s.evaluation_id) AS segment_ratings, "
    "(SELECT json_agg(json_build_object('segment_rating_id', r.id, 'sha256', b.sha256) ORDER BY r.first_day) "
    "FROM segment_rating r JOIN rating_basis b ON b.evaluation_id = r.id WHERE r.employee_id = s.employee_id "
    "AND r.year = :year AND coalesce(r.quarter, 0) = :quarter AND coalesce(r.month, 0) = :month "
    "AND r.rated_at <= :until AND r.last_day <= :last_day AND r.id <> s.evaluation_id) AS segment_bases, "
    "ARRAY(SELECT d.id FROM dialogue d WHERE d.evaluation_id = s.evaluation_id AND d.at <= :until ORDER BY d.id) "
    "AS dialogue_ids, "
    "(SELECT json_agg(json_build_object('id', o.id, 'revision', o.revision, "
    "'stated_at', CAST(o.stated_at AT TIME ZONE 'UTC' AS text) || 'Z', 'statement_sha256', "
    "CASE WHEN o.stated_at IS NOT NULL THEN encode(sha256(convert_to(o.statement, 'UTF8')), 'hex') END, "
    "'examinations', coalesce((SELECT json_agg(json_build_object('id', x.id, "
    "'recorded_at', CAST(x.recorded_at AT TIME ZONE 'UTC' AS text) || 'Z', "
    "'minutes_sha256', encode(sha256(convert_to(x.minutes, 'UTF8')), 'hex')) ORDER BY x.id) "
    "FROM objection_examination x WHERE x.objection_id = o.id AND x.recorded_at IS NOT NULL), '[]')) ORDER BY o.id) "
    "FROM objection o WHERE o.evaluation_id = s.evaluation_id) AS objections, "
    "(SELECT json_agg(json_build_object('id', w.id, 'version', w.version, 'plan_id', w.plan_id, 'items', w.items, "
    "'stated_at', CAST(w.stated_at AT TIME ZONE 'UTC' AS text) || 'Z') ORDER BY w.id) FROM own_realisation w "
    "WHERE w.employee_id = s.employee_id AND w.year = :year AND coalesce(w.quarter, 0) = :quarter "
    "AND coalesce(w.month, 0) = :month AND w.stated_at <= :until) AS own_realisations, "
    "(SELECT json_agg(json_build_object('id', t.id, 'version', t.version, 'first_day', t.first_day, "
    "'last_day', t.last_day, 'on_schedule', t.on_schedule, 'grade_average', CAST(t.grade_average AS text), "
    "'confirmed_at', CAST(t.decided_at AT TIME ZONE 'UTC' AS text) || 'Z') ORDER BY t.first_day) FROM study_report t "
    "WHERE t.employee_id = s.employee_id AND t.state = 'CONFIRMED' AND t.first_day <= :last_day "
    "AND t.last_day >= :first_day AND t.decided_at <= :until) AS study_reports "
    "FROM unnest(CAST(:evaluations AS uuid[]), CAST(:employees AS uuid[]), CAST(:plans AS uuid[]), "
    "CAST(:plan_versions AS integer[])) AS s (evaluation_id, employee_id, plan_id, plan_version)"
)
# Set-based, as rows of JSON.
_INSERT = text(
    "INSERT INTO rating_basis SELECT * FROM jsonb_populate_recordset(CAST(NULL AS rating_basis), CAST(:rows AS jsonb))"
)


def gather_inputs(
    tx: Transaction, days: Days, span: Span, rated: Sequence[RatedThing], until: datetime
) -> dict[UUID, GatheredInputs]:
    """Return by id what there was to consider until a moment; all that is rated is of these days.

    An annual one considers the periodic ones that its ratings name.
    """
    values = {
        "evaluations": [one.id for one in rated],
        "employees": [one.employee_id for one in rated],
        "plans": [one.plan_id for one in rated],
        "plan_versions": [one.plan_version for one in rated],
        "year": days.year,
        "quarter": days.quarter or 0,
        "month": days.month or 0,
        "first_day": days.first_day,
        "last_day": days.last_day,
        "begins": span.begins,
        "ends": span.ends,
        "until": until,
    }
    rows = tx.session.execute(_GATHER, values).mappings()
    return {
        row["evaluation_id"]: msgspec.convert({name: found or () for name, found in row.items()}, GatheredInputs)
        for row in rows
    }


def insert_bases(tx: Transaction, bases: Sequence[FrozenBasis]) -> None:
    """Freeze what these ratings rested on."""
    named = {"agency_id": tx.agency_id, "frozen_at": tx.now}
    rows = [{**vars(one), **named} for one in bases]
    tx.session.execute(_INSERT, {"rows": msgspec.json.encode(rows).decode()})


def list_bases(tx: Transaction, *rated: UUID) -> list[FrozenBasis]:
    """Return what each rating of an evaluation, or of days until a move, rested on, if it was frozen, oldest first."""
    row = models.RatingBasis
    query = select(*columns_of(row, FrozenBasis)).where(among(row.evaluation_id, rated))
    return fetch_all(tx, query.order_by(row.evaluation_id, row.revision), FrozenBasis)
