"""Claims and repayments between rows and the domain."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import BigInteger, and_, bindparam, cast, func, or_, select, update

from chassis.errors import required
from chassis.pagination import Page
from chassis.records import (
    among,
    columns_of,
    fetch_all,
    fetch_one,
    fetch_page,
    insert_record,
    insert_records,
    matching,
    table_of,
    update_record,
    values_of,
)
from chassis.unit_of_work import Transaction
from incentive.domain.allowance_run import AllowanceRun
from incentive.domain.claim import Claim, ClaimCause, ClaimState, Net, Repayment
from incentive.domain.claim_views import ListClaims, ListPayments, PaymentView
from incentive.persistence import models

_CLAIM, _REPAYMENT, _LINE = models.Claim, models.ClaimRepayment, models.AllowanceLine
_COLUMNS = columns_of(_CLAIM, Claim)
# What a deduction changes of a claim that was locked before.
_DEDUCTED = ("state", "repaid_amount", "repaid_at", "version")


def load_claim(tx: Transaction, claim_id: UUID, *, lock: bool = False) -> Claim:
    """Return a claim, locked until the commit if wished. Raise NotFound."""
    query = select(*_COLUMNS).where(_CLAIM.id == claim_id)
    return required(fetch_one(tx, query.with_for_update() if lock else query, Claim), "tagihan", claim_id)


def claims_of(tx: Transaction, employee_id: UUID) -> list[Claim]:
    """Return a person's claims, the oldest first."""
    query = select(*_COLUMNS).where(_CLAIM.employee_id == employee_id)
    return fetch_all(tx, query.order_by(_CLAIM.opened_at, _CLAIM.id), Claim)


def list_claims(tx: Transaction, wanted: ListClaims) -> Page[Claim]:
    """Return the agency's claims by id, which is the order of their opening."""
    return fetch_page(tx, matching(select(*_COLUMNS), _CLAIM, wanted), Claim, wanted.page, _CLAIM.id)


def claims_to_deduct(tx: Transaction, run: AllowanceRun) -> list[Claim]:
    """Return the claims of which a run may deduct, locked in one order until the commit.

    They are those whose plan has begun, and all of the people whom it pays something of earlier months.
    """
    owed = _CLAIM.state != ClaimState.REPAID.value
    planned = and_(_CLAIM.state == ClaimState.PLANNED.value, _CLAIM.from_month <= run.month)
    paid_back = select(_LINE.employee_id).where(_LINE.run_id == run.id, _LINE.month != run.month)
    corrected = paid_back.group_by(_LINE.employee_id).having(func.sum(_LINE.amount) > 0)
    query = select(*_COLUMNS).where(owed, or_(planned, _CLAIM.employee_id.in_(corrected)))
    return fetch_all(tx, query.order_by(_CLAIM.id).with_for_update(), Claim)


def negative_nets(tx: Transaction, run_id: UUID) -> dict[UUID, Net]:
    """Return the sums of those whose lines in a run come to less than nothing."""
    net = func.sum(_LINE.amount)
    query = select(_LINE.employee_id, net).where(_LINE.run_id == run_id).group_by(_LINE.employee_id).having(net < 0)
    return {employee_id: Net(int(amount)) for employee_id, amount in tx.session.execute(query)}


def nets_of(tx: Transaction, run: AllowanceRun, ids: Sequence[UUID]) -> dict[UUID, Net]:
    """Return the sums of these people's lines in a run."""
    earlier = func.coalesce(func.sum(_LINE.amount).filter(_LINE.month != run.month), 0)
    query = select(_LINE.employee_id, func.sum(_LINE.amount), earlier).where(
        _LINE.run_id == run.id, among(_LINE.employee_id, ids)
    )
    rows = tx.session.execute(query.group_by(_LINE.employee_id))
    return {employee_id: Net(int(amount), int(corrections)) for employee_id, amount, corrections in rows}


def causes_in(tx: Transaction, run_id: UUID, ids: Sequence[UUID]) -> dict[UUID, list[ClaimCause]]:
    """Return the lines of a run that took something back from these people, month by month."""
    cause = func.jsonb_extract_path_text(_LINE.provenance, "cause")
    query = select(_LINE.employee_id, _LINE.id, _LINE.month, _LINE.amount, cause).where(
        _LINE.run_id == run_id, among(_LINE.employee_id, ids), _LINE.amount < 0
    )
    found: dict[UUID, list[ClaimCause]] = {}
    for employee_id, *values in tx.session.execute(query.order_by(_LINE.month)):
        found.setdefault(employee_id, []).append(ClaimCause(*values))
    return found


def insert_claims(tx: Transaction, claims: Sequence[Claim]) -> None:
    insert_records(tx, _CLAIM, claims)


def update_claim(tx: Transaction, before: Claim, after: Claim) -> None:
    """Save a move. Raise VersionConflict when somebody else made one meanwhile."""
    update_record(tx, _CLAIM, before, after)


def insert_repayment(tx: Transaction, repayment: Repayment) -> None:
    insert_record(tx, _REPAYMENT, repayment)


def store_deductions(tx: Transaction, claims: Sequence[Claim], repayments: Sequence[Repayment]) -> None:
    """Save what a run has deducted from claims that `planned_claims` has locked, in one statement each."""
    if not claims:
        return
    table = table_of(_CLAIM)
    rows = [{"claim_id": claim.id, **{name: values_of(_CLAIM, claim)[name] for name in _DEDUCTED}} for claim in claims]
    tx.session.execute(update(table).where(table.c.id == bindparam("claim_id")), rows)
    insert_records(tx, _REPAYMENT, repayments)


def repayments_of(tx: Transaction, claim_id: UUID) -> list[Repayment]:
    query = select(*columns_of(_REPAYMENT, Repayment)).where(_REPAYMENT.claim_id == claim_id)
    return fetch_all(tx, query.order_by(_REPAYMENT.recorded_at, _REPAYMENT.id), Repayment)


def list_payments(tx: Transaction, wanted: ListPayments) -> Page[PaymentView]:
    """Return what a decided run pays to each person, by person."""
    net = cast(func.sum(_LINE.amount), BigInteger)
    claimed = select(_CLAIM.amount).where(_CLAIM.run_id == wanted.run_id, _CLAIM.employee_id == _LINE.employee_id)
    deducted = select(cast(func.sum(_REPAYMENT.amount), BigInteger)).where(
        _REPAYMENT.run_id == wanted.run_id, _REPAYMENT.employee_id == _LINE.employee_id
    )
    more = func.coalesce(claimed.correlate(_LINE).scalar_subquery(), 0)
    less = func.coalesce(deducted.correlate(_LINE).scalar_subquery(), 0)
    query = select(
        _LINE.employee_id,
        net.label("net"),
        more.label("claimed"),
        less.label("deducted"),
        (net + more - less).label("amount"),
    ).where(_LINE.run_id == wanted.run_id)
    return fetch_page(tx, query.group_by(_LINE.employee_id), PaymentView, wanted.page, _LINE.employee_id)
