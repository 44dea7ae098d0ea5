"""Sums over groups of people, for those who steer training; never a row about one person."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import text

from chassis.records import fetch_all
from chassis.unit_of_work import Transaction
from directory.timelines import LEFT_SERVICE
from training.domain.jp import JpTarget
from training.domain.summaries import JpGroup, NeedGroup
from training.domain.year_target import PartYearRules, period_of

# Text: sums over the whole agency, built from sets in one pass. `held` and `own` count a part year like `year_target`:
# minimums add up, each by its days, and a half is rounded upwards.
_JP = text("""
WITH target AS (
    SELECT * FROM unnest(CAST(:types AS text[]), CAST(:kinds AS text[]), CAST(:jps AS int[]))
    AS t (employment_type, kind, jp)
), here AS (
    SELECT s.employee_id, s.unit_id, s.employment_type FROM directory_stretch s
    WHERE s.first_day <= :day AND (s.last_day IS NULL OR s.last_day >= :day) AND s.status <> ALL(:left)
      AND (CAST(:units AS uuid[]) IS NULL OR s.unit_id = ANY(CAST(:units AS uuid[])))
), held AS (
    SELECT s.employee_id, s.employment_type,
           sum(least(s.last_day, :last) - greatest(s.first_day, :first) + 1) AS days
    FROM directory_stretch s
    WHERE s.first_day <= :last AND (s.last_day IS NULL OR s.last_day >= :first) AND s.status <> ALL(:left)
    GROUP BY s.employee_id, s.employment_type
), own AS (
    SELECT e.employee_id,
           round(sum(t.jp * h.days) FILTER (WHERE t.kind = 'MIN') / sum(h.days)
                 * CASE WHEN :by_service AND p.service_start BETWEEN :first AND :last
                        THEN (CAST(:last AS date) - p.service_start + 1)::numeric
                             / (CAST(:last AS date) - CAST(:first AS date) + 1) ELSE 1 END) AS need
    FROM here e JOIN held h USING (employee_id) JOIN directory_person p USING (employee_id)
    LEFT JOIN target t ON t.employment_type = h.employment_type
    WHERE :by_type OR h.employment_type = e.employment_type
    GROUP BY e.employee_id, p.service_start
), booked AS (
    SELECT employee_id, sum(jp) AS jp FROM jp_ledger WHERE year = :year GROUP BY employee_id
), person AS (
    SELECT e.unit_id, e.employment_type, t.kind, t.jp AS target, coalesce(b.jp, 0) AS earned,
           coalesce(b.jp, 0) >= o.need AS met
    FROM here e LEFT JOIN target t USING (employment_type) LEFT JOIN own o USING (employee_id)
    LEFT JOIN booked b USING (employee_id)
)
SELECT p.unit_id, u.code AS unit_code, u.name AS unit_name, p.employment_type, p.kind AS target_kind,
       p.target AS target_jp, count(*) AS people, sum(p.earned)::int AS earned_jp,
       round(avg(p.earned), 2) AS average_jp,
       count(*) FILTER (WHERE p.met) AS met, count(*) FILTER (WHERE NOT p.met) AS not_met,
       count(*) FILTER (WHERE p.earned = 0) AS without_jp
FROM person p LEFT JOIN directory_unit_stretch u
    ON u.unit_id = p.unit_id AND u.first_day <= :day AND (u.last_day IS NULL OR u.last_day >= :day)
GROUP BY p.unit_id, u.code, u.name, p.employment_type, p.kind, p.target
ORDER BY u.code NULLS LAST, p.unit_id, p.employment_type
""")

_NEEDS = text("""
WITH chosen AS (
    SELECT n.* FROM need n LEFT JOIN directory_stretch e
        ON e.employee_id = n.employee_id AND e.first_day <= :day AND (e.last_day IS NULL OR e.last_day >= :day)
    WHERE n.year = :year AND (CAST(:units AS uuid[]) IS NULL OR e.unit_id = ANY(CAST(:units AS uuid[])))
), why AS (
    SELECT need_id, bool_or(source = 'EVALUATION') AS evaluation, bool_or(source = 'COMPETENCY_GAP') AS gap,
           bool_or(source = 'REQUEST') AS request
    FROM need_cause JOIN chosen n ON n.id = need_id
    WHERE withdrawn_at IS NULL OR n.state = 'CANCELLED' GROUP BY need_id
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
    tx: Transaction,
    year: int,
    targets: Sequence[JpTarget],
    rules: PartYearRules,
    units: Collection[UUID] | None,
    *,
    day: date,
) -> list[JpGroup]:
    """Return people, JP and how many have reached their target, by the unit and employment type of a day."""
    period = period_of(year)
    values = {
        "year": year,
        "day": day,
        "first": period.first_day,
        "last": period.last_day,
        "left": list(LEFT_SERVICE),
        "by_type": bool(rules.of_type.value),
        "by_service": bool(rules.of_service.value),
        "types": [target.employment_type for target in targets],
        "kinds": [target.kind.value for target in targets],
        "jps": [target.jp for target in targets],
        "units": _ids(units),
    }
    return fetch_all(tx, _JP, JpGroup, values)


def needs_by_competency(tx: Transaction, year: int, units: Collection[UUID] | None, *, day: date) -> list[NeedGroup]:
    """Return needs raised in a year by competency: the agency's slice of the development plan (HCDP).

    The people are those who are in these units on a day.
    """
    return fetch_all(tx, _NEEDS, NeedGroup, {"year": year, "day": day, "units": _ids(units)})


def _ids(units: Collection[UUID] | None) -> list[UUID] | None:
    return None if units is None else list(units)
