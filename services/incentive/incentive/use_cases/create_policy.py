"""Draft a policy version."""

from sqlalchemy import func, select

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from incentive.domain.policy import faults, rules_from, rules_to
from incentive.persistence.models import TukinPolicy
from incentive.use_cases.show_policies import PolicyDraft, PolicyView, policy_view


def create_policy(work: UnitOfWork, actor: Principal, draft: PolicyDraft) -> PolicyView:
    check_draft(draft)
    with work.transaction(actor.agency_id) as tx:
        last = tx.session.scalar(select(func.max(TukinPolicy.number))) or 0
        row = TukinPolicy(
            id=new_id(),
            agency_id=tx.agency_id,
            number=last + 1,
            state="DRAFT",
            created_by=actor.account_id,
            created_at=tx.now,
            version=1,
        )
        write_draft(row, draft, actor)
        tx.session.add(row)
        tx.session.flush()
        audit.record(tx, actor, "draft_policy", "tukin_policy", row.id, number=row.number)
        return policy_view(row)


def check_draft(draft: PolicyDraft) -> None:
    found = faults(rules_from(draft.rules))
    if draft.valid_from.day != 1:
        found.append(FieldError("valid_from", "not_first_of_month", str(draft.valid_from), "tanggal 1 suatu bulan"))
    if draft.valid_to is not None and draft.valid_to < draft.valid_from:
        found.append(FieldError("valid_to", "before_valid_from", str(draft.valid_to), "tidak sebelum valid_from"))
    if found:
        raise InvalidInput(errors=found)


def write_draft(row: TukinPolicy, draft: PolicyDraft, actor: Principal) -> None:
    row.written_by = actor.account_id
    row.name = draft.name
    row.valid_from = draft.valid_from
    row.valid_to = draft.valid_to
    row.rules = rules_to(rules_from(draft.rules))
    row.legal_source = draft.legal_source
    row.verified = draft.verified
