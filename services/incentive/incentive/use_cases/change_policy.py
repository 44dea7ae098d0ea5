"""Rewrite a draft; a published version is never edited."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import VersionConflict
from chassis.unit_of_work import UnitOfWork
from incentive.domain.errors import PolicyIsPublished
from incentive.use_cases.create_policy import check_draft, write_draft
from incentive.use_cases.show_policies import PolicyDraft, PolicyView, policy_view, require_policy


def change_policy(
    work: UnitOfWork, actor: Principal, policy_id: UUID, draft: PolicyDraft, expected: int | None
) -> PolicyView:
    """Rewrite a draft; raises PolicyIsPublished once it holds."""
    check_draft(draft)
    with work.transaction(actor.agency_id) as tx:
        row = require_policy(tx, policy_id, lock=True)
        if row.state != "DRAFT":
            raise PolicyIsPublished(version=row.number)
        if expected is not None and expected != row.version:
            raise VersionConflict
        write_draft(row, draft, actor)
        row.version += 1
        audit.record(tx, actor, "change_policy", "tukin_policy", row.id, number=row.number)
        return policy_view(row)
