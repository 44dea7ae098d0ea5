"""Who is at risk now: the last periodic predicate was weak, or the last ones in a row were."""

from typing import Any

from sqlalchemy import text

from appraisal.authorisation import scope_of, self_of
from appraisal.domain.follow_up import FollowUpRule, is_repeated
from appraisal.domain.values import Predicate
from appraisal.persistence.people import rows
from appraisal.persistence.rules import load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork

_LAST = text(
    "SELECT s.employee_id, s.unit_id, s.appraiser_id, r.predicates, r.evaluation_id, r.year, r.quarter, "
    "(SELECT jsonb_agg(jsonb_build_object('id', f.id, 'kind', f.kind, 'state', f.state) ORDER BY f.id) "
    "FROM follow_up f WHERE f.employee_id = s.employee_id AND f.state = 'OPEN') AS follow_ups "
    "FROM staff s JOIN LATERAL ("
    "SELECT array_agg(predicate ORDER BY year DESC, quarter DESC) AS predicates, "
    "(array_agg(id ORDER BY year DESC, quarter DESC))[1] AS evaluation_id, "
    "(array_agg(year ORDER BY year DESC, quarter DESC))[1] AS year, "
    "(array_agg(quarter ORDER BY year DESC, quarter DESC))[1] AS quarter FROM ("
    "SELECT id, predicate, year, quarter FROM evaluation e WHERE e.employee_id = s.employee_id AND e.kind = 'PERIODIC' "
    "AND e.state = 'FINAL' ORDER BY year DESC, quarter DESC LIMIT :depth) l) r ON r.predicates IS NOT NULL "
    "WHERE r.predicates[1] = ANY(:weak) AND (CAST(:units AS uuid[]) IS NULL OR s.unit_id = ANY(CAST(:units AS uuid[])) "
    "OR s.appraiser_id = CAST(:appraiser AS uuid)) ORDER BY s.employee_id LIMIT 500"
)


def list_early_warnings(work: UnitOfWork, actor: Principal) -> dict[str, Any]:
    """HR: the agency; a unit's leader: that unit and those below; an appraiser: their own subordinates.

    The predicate itself goes only to those who may read the evaluation: HR, and the appraiser.
    """
    with work.transaction(actor.agency_id) as tx:
        scope = scope_of(tx, actor)
        setting = load_setting(tx)
        follow = setting.rules.follow_up(setting.today)
        found = rows(
            tx,
            _LAST,
            depth=follow.repeated_after,
            weak=[p.value for p in follow.opens],
            units=None if scope is None else list(scope),
            appraiser=None if scope is None else self_of(actor),
        )
        audit.record(
            tx, actor, "early_warnings_read", "early_warning_list", "all" if scope is None else actor.employee_id
        )
        return {"items": [_view(actor, follow, row, everything=scope is None) for row in found]}


def _view(actor: Principal, follow: FollowUpRule, row: dict[str, Any], *, everything: bool) -> dict[str, Any]:
    predicates = [Predicate(p) for p in row["predicates"]]
    readable = everything or row["appraiser_id"] == actor.employee_id
    return {
        "employee_id": row["employee_id"],
        "unit_id": row["unit_id"],
        "level": "REPEATED" if is_repeated(follow, predicates) else "SINGLE",
        "year": row["year"],
        "quarter": row["quarter"],
        "evaluation_id": row["evaluation_id"] if readable else None,
        "predicates": predicates if readable else None,
        "open_follow_ups": row["follow_ups"] or [],
    }
