"""Sums over groups of people, for those who steer training; never a row about one person."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import text

from chassis.records import fetch_all
from chassis.unit_of_work import Transaction
from training.domain.jp import JpTarget
from training.domain.summaries import JpGroup, NeedGroup

# Text: sums over the whole agency, built from sets in one pass.
_JP = text("""
WITH target AS (
    SELECT * FROM unnest(CAST(:types AS text[]), CAST(:kinds AS text[]), CAST(:jps AS int[]))
    AS t (employment_type, kind, jp)
), sums AS (
    SELECT e.unit_id, e.employment_type, t.kind, t.jp AS target,
           coalesce((SELECT sum(l.jp) FROM jp_ledger l
                     WHERE l.employee_id = e.employee_id AND l.year = :year), 0) AS earned
    FROM employee e LEFT JOIN target t USING (employment_type)
    WHERE e.status IS DISTINCT FROM 'RETIRED'
      AND (CAST(:units AS uuid[]) IS NULL OR e.unit_id = ANY(CAST(:units AS uuid[])))
), person AS (
    SELECT *, CASE kind WHEN 'MIN' THEN earned >= target WHEN 'MAX' THEN earned <= target END AS met FROM sums
)
SELECT p.unit_id, u.code AS unit_code, u.name AS unit_name, p.employment_type, p.kind AS target_kind,
       p.target AS target_jp, count(*) AS people, sum(p.earned)::int AS earned_jp,
       round(avg(p.earned), 2) AS average_jp,
       count(*) FILTER (WHERE p.met) AS met, count(*) FILTER (WHERE NOT p.met) AS not_met,
       count(*) FILTER (WHERE p.earned = 0) AS without_jp
FROM person p LEFT JOIN org_unit u USING (unit_id)
GROUP BY p.unit_id, u.code, u.name, p.employment_type, p.kind, p.target
ORDER BY u.code NULLS LAST, p.unit_id, p.employment_type
""")

_NEEDS = text("""
WITH chosen AS (
    SELECT n.* FROM need n LEFT JOIN employee e USING (employee_id)
    WHERE n.year = :year AND (CAST(:units AS uuid[]) IS NULL OR e.unit_id = ANY(CAST(:units AS uuid[])))
), why AS (
    SELECT need_id, bool_or(source = 'EVALUATION') AS evaluation, bool_or(source = 'COMPETENCY_GAP') AS gap,
           bool_or(source = 'REQUEST') AS request
    FROM need_cause WHERE need_id IN (SELECT id FROM chosen) GROUP BY need_id
)
SELECT n.competency_code, c.name AS competency_name, c.kind AS competency_kind,
       count(DISTINCT n.employee_id) AS people,
       count(*) FILTER (WHERE n.state = 'OPEN') AS open,
       count(*) FILTER (WHERE n.state = 'PLANNED') AS planned,
       count(*) FILTER (WHERE n.state = 'MET') AS met,
       count(*) FILTER (WHERE n.state = 'CANCELLED') AS cancelled,
       count(*) FILTER (WHERE w.evaluation) AS from_evaluation,
       count(*) FILTER (WHERE w.gap) AS from_gap,
       count(*) FILTER (WHERE w.request) AS from_request,
       round(avg(CASE WHEN n.required_level + n.actual_level IS NOT NULL
                      THEN greatest(0, n.required_level - n.actual_level) END), 2) AS average_gap,
       coalesce(sum(item.jp), 0)::int AS planned_jp
FROM chosen n
JOIN why w ON w.need_id = n.id
LEFT JOIN competency c ON c.code = n.competency_code
LEFT JOIN LATERAL (
    SELECT sum(i.jp) AS jp FROM plan_item i JOIN plan p ON p.id = i.plan_id
    WHERE i.need_id = n.id AND p.state = 'AGREED'
) item ON true
GROUP BY n.competency_code, c.name, c.kind
ORDER BY people DESC, n.competency_code
""")


def jp_by_unit(
    tx: Transaction, year: int, targets: Sequence[JpTarget], units: Collection[UUID] | None
) -> list[JpGroup]:
    """Return people, JP and how many have reached the target, by unit and employment type."""
    values = {
        "year": year,
        "types": [target.employment_type for target in targets],
        "kinds": [target.kind.value for target in targets],
        "jps": [target.jp for target in targets],
        "units": _ids(units),
    }
    return fetch_all(tx, _JP, JpGroup, values)


def needs_by_competency(tx: Transaction, year: int, units: Collection[UUID] | None) -> list[NeedGroup]:
    """Return needs raised in a year by competency: the agency's slice of the development plan (HCDP)."""
    return fetch_all(tx, _NEEDS, NeedGroup, {"year": year, "units": _ids(units)})


def _ids(units: Collection[UUID] | None) -> list[UUID] | None:
    return None if units is None else list(units)
