"""People in service who stand in no open unit on a day."""

from datetime import date
from uuid import UUID

from sqlalchemy import text

from chassis.pagination import Page, page_of
from chassis.records import fetch_all
from chassis.unit_of_work import Transaction
from personnel.domain.without_unit import ListWithoutUnit, PersonWithoutUnit
from personnel.persistence.employees import HAS_LEFT

# Builds a set out of the published timelines, which alone say what holds on any day. Days before the first of a person
# or of a unit are unknown, and no gap, unless that first day is yet to come.
_WITHOUT_UNIT = text(
    "WITH here AS (SELECT e.id AS employee_id, e.nip, e.name, e.service_start, s.*, "
    "CAST(p.stretches -> 0 ->> 'first_day' AS date) AS begins FROM employee e "
    "JOIN published_timeline p ON p.employee_id = e.id LEFT JOIN LATERAL ("
    "SELECT CAST(x ->> 'unit_id' AS uuid) AS unit_id, CAST(x ->> 'first_day' AS date) AS first_day, "
    "CAST(x ->> 'last_day' AS date) AS last_day, x ->> 'status' AS status FROM jsonb_array_elements(p.stretches) x "
    "WHERE x ->> 'first_day' <= :day AND (x ->> 'last_day' IS NULL OR x ->> 'last_day' >= :day)) s ON true), "
    "gaps AS (SELECT h.employee_id, h.nip, h.name, h.unit_id, o.code AS unit_code, o.name AS unit_name, "
    "CASE WHEN h.unit_id IS NULL THEN 'NO_POSITION' WHEN u.unit_id IS NULL THEN 'UNIT_TO_COME' "
    "ELSE 'UNIT_CLOSED' END AS gap, "
    "CASE WHEN h.unit_id IS NULL THEN h.service_start ELSE greatest(h.first_day, u.first_day) END AS since, "
    "CASE WHEN h.unit_id IS NULL THEN h.begins - 1 WHEN u.unit_id IS NULL THEN least(h.last_day, f.begins - 1) "
    "ELSE least(h.last_day, u.last_day) END AS until "
    "FROM here h LEFT JOIN org_unit o ON o.id = h.unit_id "
    "LEFT JOIN LATERAL (SELECT min(first_day) AS begins FROM org_unit_stretch WHERE unit_id = h.unit_id) f ON true "
    "LEFT JOIN org_unit_stretch u ON u.unit_id = h.unit_id AND u.first_day <= CAST(:day AS date) "
    "AND (u.last_day IS NULL OR u.last_day >= CAST(:day AS date)) "
    "WHERE (h.unit_id IS NULL AND h.service_start <= CAST(:day AS date) AND h.begins > :today "
    "AND h.begins > CAST(:day AS date)) "
    "OR (h.status <> ALL(:left) AND (u.active = false OR (u.unit_id IS NULL AND f.begins > :today)))) "
    "SELECT * FROM gaps WHERE CAST(:after_name AS text) IS NULL OR (name, employee_id) > "
    "(CAST(:after_name AS text), CAST(:after_id AS uuid)) ORDER BY name, employee_id LIMIT :limit"
)


def list_without_unit(tx: Transaction, wanted: ListWithoutUnit, day: date, today: date) -> Page[PersonWithoutUnit]:
    """Return them by name."""
    after_name, after_id = wanted.page.after(str, UUID) or (None, None)
    values = {
        "day": day.isoformat(),
        "today": today,
        "left": HAS_LEFT,
        "after_name": after_name,
        "after_id": after_id,
        "limit": wanted.page.limit + 1,
    }
    found = fetch_all(tx, _WITHOUT_UNIT, PersonWithoutUnit, values)
    return page_of(found, wanted.page, lambda one: (one.name, one.employee_id))
