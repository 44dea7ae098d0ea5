"""Links to the superior's results between rows and the domain."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select, text, update

from appraisal.domain.plan import Plan
from appraisal.domain.result_link import DraftLink, LinkChanges, Linking, OfferedResult, ResultLink
from appraisal.domain.role_results import SubordinateResult
from appraisal.persistence import models
from chassis.records import among, columns_of, fetch_all, insert_records
from chassis.unit_of_work import Transaction

# Set-based: one row for each result inside the JSON of the versions that somebody's plan of a year offers: the one in
# force, and one that is submitted and waits; a closed plan offers only what was agreed. Of several plans of a year the
# newest that offers any counts, an open one first.
_OFFERED = text(
    "SELECT p.id AS plan_id, v.number AS plan_version, CAST(r.value ->> 'id' AS uuid) AS id, "
    "r.value ->> 'kind' AS kind, r.value ->> 'title' AS title FROM plan p JOIN plan_version v ON v.plan_id = p.id "
    "AND (v.number = p.active_version OR (p.state = 'SUBMITTED' AND v.number = p.plan_version)) "
    "CROSS JOIN LATERAL jsonb_array_elements(v.content -> 'work_results') WITH ORDINALITY r (value, n) "
    "WHERE p.id = (SELECT q.id FROM plan q WHERE q.employee_id = :superior AND q.year = :year AND EXISTS "
    "(SELECT 1 FROM plan_version w WHERE w.plan_id = q.id AND (w.number = q.active_version "
    "OR (q.state = 'SUBMITTED' AND w.number = q.plan_version))) ORDER BY q.state = 'CLOSED', q.id DESC LIMIT 1) "
    "ORDER BY v.number IS DISTINCT FROM p.active_version, r.n"
)
# Set-based: one row for each result that counts in the subordinates' plans, with its open link.
_SUBORDINATE_RESULTS = text(
    "SELECT p.employee_id, p.state, CAST(r.value ->> 'id' AS uuid) AS work_result_id, r.value ->> 'title' AS title, "
    "l.parent_work_result_id AS parent_id FROM plan p "
    "JOIN plan_version v ON v.plan_id = p.id AND v.number = coalesce(p.active_version, p.plan_version) "
    "CROSS JOIN LATERAL jsonb_array_elements(v.content -> 'work_results') WITH ORDINALITY r (value, n) "
    "LEFT JOIN result_link l ON l.plan_id = p.id AND l.work_result_id = CAST(r.value ->> 'id' AS uuid) "
    "AND l.ended_at IS NULL WHERE p.appraiser_id = :leader AND p.year = :year AND p.state <> 'CLOSED' "
    "ORDER BY p.employee_id, p.id, r.n"
)

_DRAFT = models.ResultLinkDraft
# Set-based: any number of plans at once. In this order, because a result has one open link.
_APPLY = (
    text(
        "UPDATE result_link l SET ended_by = :by, ended_at = :now FROM result_link_draft d "
        "WHERE d.plan_id = ANY(CAST(:plans AS uuid[])) AND l.plan_id = d.plan_id "
        "AND l.work_result_id = d.work_result_id AND l.ended_at IS NULL"
    ),
    text(
        "INSERT INTO result_link (id, agency_id, plan_id, work_result_id, parent_work_result_id, parent_plan_id, "
        "parent_version, linked_by, linked_at) SELECT gen_random_uuid(), d.agency_id, d.plan_id, d.work_result_id, "
        "d.parent_work_result_id, d.parent_plan_id, d.parent_version, d.linked_by, :now FROM result_link_draft d "
        "WHERE d.plan_id = ANY(CAST(:plans AS uuid[])) AND d.parent_work_result_id IS NOT NULL"
    ),
    text("DELETE FROM result_link_draft WHERE plan_id = ANY(CAST(:plans AS uuid[]))"),
)


def offered_results(tx: Transaction, superior_id: UUID | None, year: int) -> tuple[OfferedResult, ...]:
    """Return the results that somebody's subordinates may support; empty while there is no submitted plan."""
    if superior_id is None:
        return ()
    found = fetch_all(tx, _OFFERED, OfferedResult, {"superior": superior_id, "year": year})
    return tuple({result.id: result for result in reversed(found)}.values())[::-1]


def load_linking(tx: Transaction, plan: Plan, *, with_offer: bool = False) -> Linking:
    """Return the open links of a plan, and what the superior offers where there are any, or `with_offer`."""
    link = models.ResultLink
    query = select(*columns_of(link, ResultLink)).where(link.plan_id == plan.id, link.ended_at.is_(None))
    found = tuple(fetch_all(tx, query.order_by(link.id), ResultLink))
    drafts = _drafts_of(tx, plan)
    offered = offered_results(tx, plan.appraiser_id, plan.year) if found or drafts or with_offer else ()
    return Linking(plan.id, found, offered, drafts)


def _drafts_of(tx: Transaction, plan: Plan) -> tuple[DraftLink, ...]:
    """Return what the revision that is being written changes of the links."""
    if plan.active_version is None or plan.plan_version == plan.active_version:
        return ()
    query = select(*columns_of(_DRAFT, DraftLink)).where(_DRAFT.plan_id == plan.id).order_by(_DRAFT.work_result_id)
    return tuple(fetch_all(tx, query, DraftLink))


def save_links(tx: Transaction, changes: LinkChanges) -> None:
    """End links and insert others; whoever else changes them has read another version of the plan."""
    link = models.ResultLink
    for one in changes.ended:
        query = update(link).where(link.id == one.id).values(ended_by=one.ended_by, ended_at=one.ended_at)
        tx.session.execute(query)
    insert_records(tx, models.ResultLink, changes.made)


def replace_drafts(tx: Transaction, plan_id: UUID, drafts: Sequence[DraftLink]) -> None:
    """Set what a revision changes of the links; nothing when it begins, or is dropped."""
    tx.session.execute(delete(_DRAFT).where(_DRAFT.plan_id == plan_id))
    insert_records(tx, _DRAFT, drafts)


def forget_drafts(tx: Transaction, plan_id: UUID, result_ids: Sequence[UUID]) -> None:
    """Drop what a revision wanted of links that are set at once."""
    tx.session.execute(delete(_DRAFT).where(_DRAFT.plan_id == plan_id, among(_DRAFT.work_result_id, result_ids)))


def apply_drafts(tx: Transaction, plan_ids: Sequence[UUID], by: UUID | None) -> None:
    """Make the links of revisions that are agreed now: end those that they replace, and open theirs."""
    if not plan_ids:
        return
    values = {"plans": list(plan_ids), "by": by, "now": tx.now}
    for statement in _APPLY:
        tx.session.execute(statement, values)


def subordinate_results(tx: Transaction, leader_id: UUID, year: int) -> list[SubordinateResult]:
    """Return every work result that counts in the open plans that a leader appraises."""
    return fetch_all(tx, _SUBORDINATE_RESULTS, SubordinateResult, {"leader": leader_id, "year": year})
