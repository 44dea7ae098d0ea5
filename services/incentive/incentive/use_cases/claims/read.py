"""Read claims: one's own, one with its repayments, and those of the agency."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Items, Page
from chassis.unit_of_work import Transaction, UnitOfWork
from chassis.views import view_of
from incentive.authorisation import require_reader
from incentive.domain.claim import Claim, repayment_rules_from
from incentive.domain.claim_views import ClaimDetailView, ClaimView, ListClaims, repayment_view
from incentive.persistence import claims
from incentive.persistence.people import today_of
from incentive.persistence.reference import reference_by_id, repayment_rules


def list_own_claims(work: UnitOfWork, actor: Principal) -> Items[ClaimDetailView]:
    """Return the caller's claims with what they follow from; none for an account without an employee."""
    with work.transaction(actor.agency_id) as tx:
        if actor.employee_id is None:
            return Items([])
        audit.record(tx, actor, "read_claims", "employee", actor.employee_id)
        return Items([_detail(tx, claim) for claim in claims.claims_of(tx, actor.employee_id)])


def show_claim(work: UnitOfWork, actor: Principal, claim_id: UUID) -> ClaimDetailView:
    with work.transaction(actor.agency_id) as tx:
        claim = claims.load_claim(tx, claim_id)
        require_reader(tx, actor, claim.employee_id)
        audit.record(tx, actor, "read_claim", "employee", claim.employee_id, claim_id=claim_id)
        return _detail(tx, claim)


def list_claims(work: UnitOfWork, actor: Principal, command: ListClaims) -> Page[ClaimView]:
    with work.transaction(actor.agency_id) as tx:
        found = claims.list_claims(tx, command)
        audit.record(tx, actor, "list_claims", "claim", "-", claims=len(found.items))
        return found.of(ClaimView.of)


def _detail(tx: Transaction, claim: Claim) -> ClaimDetailView:
    """Explain a claim by the rules of its plan, or by those that a plan would be made by today."""
    if claim.reference_id is None:
        rules, reference = repayment_rules(tx, today_of(tx))
    else:
        reference = reference_by_id(tx, claim.reference_id)
        rules = repayment_rules_from(reference.data)
    return view_of(
        ClaimDetailView,
        ClaimView.of(claim),
        repayments=[repayment_view(one) for one in claims.repayments_of(tx, claim.id)],
        ceiling_percent=str(rules.ceiling_percent),
        longest_months=rules.longest_months,
        correction_percent=str(rules.correction_percent),
        latest_start_months=rules.latest_start_months,
        legal_source=reference.legal_source,
        verified=reference.verified,
    )
