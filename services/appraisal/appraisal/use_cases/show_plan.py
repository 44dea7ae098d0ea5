"""Show a plan, its versions and its history."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from appraisal.authorisation import require_plan_reader, self_of
from appraisal.persistence.people import rows, staff_member
from appraisal.persistence.plans import load_plan, newest_plan, results_of
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.plan_views import content_view, plan_view
from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork

_HISTORY = text(
    "SELECT plan_version, move, from_state, to_state, actor, reason, at FROM plan_move WHERE plan_id = :id "
    "ORDER BY at, id"
)
_VERSION = text(
    "SELECT plan_version, content, at FROM plan_move WHERE plan_id = :id AND plan_version = :number "
    "AND content IS NOT NULL ORDER BY at DESC, id DESC LIMIT 1"
)


def show_plan(work: UnitOfWork, actor: Principal, plan_id: UUID) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        stored = load_plan(tx, plan_id)
        require_plan_reader(tx, actor, stored.plan)
        audit.record(tx, actor, "plan_read", "plan", plan_id)
        return plan_view(stored, load_setting(tx))


def show_own_plan(work: UnitOfWork, actor: Principal, year: int) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        stored = newest_plan(tx, self_of(actor), year)
        if stored is None:
            raise NotFound(object="SKP tahun", id=year)
        return plan_view(stored, load_setting(tx))


def show_plan_history(work: UnitOfWork, actor: Principal, plan_id: UUID) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        require_plan_reader(tx, actor, load_plan(tx, plan_id).plan)
        audit.record(tx, actor, "plan_history_read", "plan", plan_id)
        return {"items": rows(tx, _HISTORY, id=plan_id)}


def show_plan_version(work: UnitOfWork, actor: Principal, plan_id: UUID, number: int) -> dict[str, Any]:
    """A version as it was last handed in."""
    with work.transaction(actor.agency_id) as tx:
        require_plan_reader(tx, actor, load_plan(tx, plan_id).plan)
        found = tx.session.execute(_VERSION, {"id": plan_id, "number": number}).first()
        if found is None:
            raise NotFound(object="versi SKP", id=number)
        audit.record(tx, actor, "plan_version_read", "plan", plan_id, plan_version=number)
        content = content_view(found.content, load_setting(tx))
        return {"plan_id": plan_id, "plan_version": number, "handed_in_at": found.at, **content}


def show_superior_results(work: UnitOfWork, actor: Principal, year: int) -> dict[str, Any]:
    """What the caller's appraiser has planned, to cascade from: results only, nothing of the rest."""
    with work.transaction(actor.agency_id) as tx:
        person = staff_member(tx, self_of(actor))
        superior = person.appraiser_id if person else None
        found = [] if superior is None else results_of(tx, superior, year)
        return {"items": [{"id": r["id"], "kind": r["kind"], "title": r["title"]} for r in found]}
