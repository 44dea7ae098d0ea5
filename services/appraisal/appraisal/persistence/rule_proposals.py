"""Proposals of rules between rows and the domain, the versions that come of them, and what they would touch."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select, text, update

from appraisal.domain.obligation import ObligationKind, ObligationState
from appraisal.domain.periods import Period
from appraisal.domain.rule_proposal import ListProposals, OwnCases, RuleProposal
from appraisal.domain.rule_views import CASES, CONCERNED, Concerned, RulePreviewView
from appraisal.domain.rules import Rule, RuleKind
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import EvaluationKind, EvaluationState
from appraisal.persistence import models
from appraisal.persistence.periods import cycle_to_be, open_rows
from appraisal.persistence.rules import load_setting
from chassis.errors import required
from chassis.pagination import Page
from chassis.records import columns_of, fetch_one, fetch_page, insert_record, matching, update_record
from chassis.unit_of_work import Transaction

_QUERY = select(*columns_of(models.RuleProposal, RuleProposal))
# Locks: of two approvals at once the second sees the version that came of the first.
_ONE_APPROVAL_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('rules/' || :agency, 0))")


def one_approval_at_a_time(tx: Transaction) -> None:
    """Wait for whoever else approves a rule of the agency."""
    tx.session.execute(_ONE_APPROVAL_AT_A_TIME, {"agency": tx.agency_id})


def load_proposal(tx: Transaction, proposal_id: UUID) -> RuleProposal:
    """Return a proposal. Raise NotFound."""
    found = fetch_one(tx, _QUERY.where(models.RuleProposal.id == proposal_id), RuleProposal)
    return required(found, "usulan aturan", proposal_id)


def list_proposals(tx: Transaction, wanted: ListProposals) -> Page[RuleProposal]:
    """Return proposals, the newest first."""
    row = models.RuleProposal
    return fetch_page(tx, matching(_QUERY, row, wanted), RuleProposal, wanted.page, row.id, descending=True)


def insert_proposal(tx: Transaction, proposal: RuleProposal) -> None:
    insert_record(tx, models.RuleProposal, proposal)


def update_proposal(tx: Transaction, before: RuleProposal, after: RuleProposal) -> RuleProposal:
    """Save a move and return the proposal as it is now. Raise VersionConflict."""
    update_record(tx, models.RuleProposal, before, after)
    return load_proposal(tx, after.id)


def insert_version(tx: Transaction, proposal: RuleProposal, rule: Rule) -> None:
    """Insert the version that comes of an approved proposal; `set_by` is who decided."""
    named = {"reason": proposal.reason, "set_by": proposal.decided_by, "set_at": tx.now}
    insert_record(tx, models.RuleVersion, rule, id=proposal.id, **named)


def pin_versions(tx: Transaction, setting: AgencySetting, kind: RuleKind) -> None:
    """Pin the present version of a kind for the opened periods for which a former release pinned none."""
    row = models.Period
    for one in open_rows(tx, setting.today):
        version = one.version_kept(kind, setting.rules)
        if version is not None and kind not in one.pinned:
            period = one.period
            query = update(row).where(row.year == period.year, row.kind == period.kind, row.number == period.number)
            tx.session.execute(query.values(pinned={**one.pinned, kind: version}))


def preview_of(tx: Transaction, reader: UUID | None, setting: AgencySetting, rule: Rule) -> RulePreviewView:
    """Return what a version would change; nothing is written. Nothing about the reader is counted."""
    opened = open_rows(tx, setting.today)
    ahead = [row for year in _years_unopened(tx, rule.effective_from) for row in cycle_to_be(tx, year).rows]
    return RulePreviewView.of(rule, setting.rules, opened, ahead, _concerned(tx, rule.kind, reader))


def own_cases(tx: Transaction, employee_id: UUID) -> OwnCases:
    """Return what runs about an employee."""
    row = models.Evaluation
    query = select(row.year).where(
        row.employee_id == employee_id,
        row.kind == EvaluationKind.ANNUAL,
        row.state.in_((EvaluationState.ISSUED, EvaluationState.OBJECTED)),
    )
    return OwnCases(tuple(tx.session.scalars(query.order_by(row.year))))


def _years_unopened(tx: Transaction, day: date) -> list[int]:
    return [year for year in (day.year, day.year + 1) if not load_setting(tx, Period.of(year)).rows]


def _concerned(tx: Transaction, kind: RuleKind, reader: UUID | None) -> Concerned:
    owed = models.Obligation
    is_case = owed.kind.in_((*CASES, ObligationKind.DIALOGUE))
    query = select(func.count().filter(is_case), func.count(owed.employee_id.distinct()))
    query = query.where(owed.employee_id.is_distinct_from(reader))
    row = tx.session.execute(query.where(owed.state == ObligationState.OPEN, owed.kind.in_(CONCERNED[kind]))).one()
    return Concerned(*row)
