"""The actions that take two people, as a table; and what one person may do alone, each with its reason."""

from collections.abc import Iterable
from uuid import UUID

from approvals.actions import Action, Actions, of_employee
from chassis import outbox
from chassis.unit_of_work import Transaction
from incentive.domain.allowance_run import ApproveRun
from incentive.domain.attestation import AttestCareer
from incentive.domain.award import DecideAward, RevokeAward
from incentive.domain.claim import PlanRepayment, ReceiveRepayment
from incentive.domain.class_amount import AdoptClassAmounts
from incentive.domain.credit_account import BookPeriodicCredit, DecideCredit, OpeningBalance
from incentive.domain.penalty import ImposePenalty, RevokePenalty
from incentive.domain.policy import PublishPolicy
from incentive.domain.predicate import RecordPredicates
from incentive.domain.reference import PublishReference
from incentive.domain.talent import RateTalent
from incentive.events import SecondPersonAwaited
from incentive.persistence.allowance_runs import load_run
from incentive.persistence.awards import load_award
from incentive.persistence.claims import load_claim
from incentive.persistence.penalties import load_penalty
from incentive.persistence.policies import load_policy
from incentive.use_cases.allowance_runs.approve import approve_run, check_approval
from incentive.use_cases.awards.decide import decide_award
from incentive.use_cases.awards.revoke import revoke_award
from incentive.use_cases.claims.plan import plan_repayment
from incentive.use_cases.claims.receive import receive_repayment
from incentive.use_cases.class_amounts.adopt import adopt_class_amounts
from incentive.use_cases.credit.book_periodic import book_periodic_credit
from incentive.use_cases.credit.decide import decide_credit
from incentive.use_cases.credit.set_opening import open_credit
from incentive.use_cases.eligibility.attest import attest_career
from incentive.use_cases.imports.start import ImportRows, check_rows, start_rows
from incentive.use_cases.penalties.impose import impose_penalty
from incentive.use_cases.penalties.revoke import revoke_penalty
from incentive.use_cases.policies.publish import publish_policy
from incentive.use_cases.predicates.record_history import record_predicates
from incentive.use_cases.reference_data.publish import publish_reference
from incentive.use_cases.talent.rate import rate_talent

DRAFT = "a draft moves nothing before it is published, which takes two"
FACT = "a fact that a run prices, and every run is approved by two"
CALCULATION = "it calculates anew from what stands, and decides nothing"


def _of_award(tx: Transaction, command: DecideAward | RevokeAward) -> Iterable[UUID]:
    return (load_award(tx, command.award_id).employee_id,)


def _version_of_award(tx: Transaction, command: DecideAward | RevokeAward) -> int:
    return load_award(tx, command.award_id).version


def _nominators(tx: Transaction, command: DecideAward) -> Iterable[UUID | None]:
    award = load_award(tx, command.award_id)
    return award.nominated_by, award.nominated_by_person


def _of_claim(tx: Transaction, command: PlanRepayment | ReceiveRepayment) -> Iterable[UUID]:
    return (load_claim(tx, command.claim_id).employee_id,)


def _version_of_claim(tx: Transaction, command: PlanRepayment) -> int:
    return load_claim(tx, command.claim_id).version


def _version_of_run(tx: Transaction, command: ApproveRun) -> int:
    return load_run(tx, command.run_id).version


def _version_of_policy(tx: Transaction, command: PublishPolicy) -> int:
    return load_policy(tx, command.policy_id).version


def _of_penalty(tx: Transaction, command: RevokePenalty) -> Iterable[UUID]:
    return (load_penalty(tx, command.penalty_id).employee_id,)


def _of_items(_tx: Transaction, command: RecordPredicates) -> Iterable[UUID]:
    return [one.employee_id for one in command.items]


def _writers(tx: Transaction, command: PublishPolicy) -> Iterable[UUID | None]:
    return (load_policy(tx, command.policy_id).written_by,)


def _import(name: str, route: str) -> Action[ImportRows]:
    """The rows about either officer, and about their lines, stay out, and are listed."""
    return Action(name, route, ImportRows, start_rows, shown=ImportRows.shown, rows=ImportRows.page, check=check_rows)


def _announce(tx: Transaction, proposal_id: UUID, action: str) -> None:
    outbox.record(tx, SecondPersonAwaited(proposal_id=proposal_id, action=action))


ACTIONS = Actions(
    actions=(
        Action("class_amounts.adopt", "POST /class-amounts/adopt", AdoptClassAmounts, adopt_class_amounts),
        _import("class_amounts.import", "POST /imports/class-amounts"),
        Action(
            "policy.publish",
            "POST /policies/{policy_id}/publish",
            PublishPolicy,
            publish_policy,
            earlier=_writers,
            version_of=_version_of_policy,
        ),
        Action("reference.publish", "POST /reference", PublishReference, publish_reference),
        Action(
            "allowance_run.approve",
            "POST /allowance-runs/{run_id}/approve",
            ApproveRun,
            approve_run,
            check=check_approval,
            version_of=_version_of_run,
        ),
        Action(
            "claim.plan",
            "PUT /claims/{claim_id}/plan",
            PlanRepayment,
            plan_repayment,
            _of_claim,
            version_of=_version_of_claim,
        ),
        Action("claim.repay", "POST /claims/{claim_id}/repayments", ReceiveRepayment, receive_repayment, _of_claim),
        Action("penalty.impose", "POST /discipline-penalties", ImposePenalty, impose_penalty, of_employee),
        Action(
            "penalty.revoke",
            "POST /discipline-penalties/{penalty_id}/revoke",
            RevokePenalty,
            revoke_penalty,
            _of_penalty,
        ),
        Action("credit.open", "PUT /credit/{employee_id}/opening", OpeningBalance, open_credit, of_employee),
        _import("credit.import", "POST /imports/credit-openings"),
        Action(
            "credit.book",
            "POST /credit/{employee_id}/periodic",
            BookPeriodicCredit,
            book_periodic_credit,
            of_employee,
        ),
        Action("credit.decide", "POST /credit/{employee_id}/decisions", DecideCredit, decide_credit, of_employee),
        Action("predicates.record", "POST /predicate-history", RecordPredicates, record_predicates, _of_items),
        _import("predicates.import", "POST /imports/predicate-history"),
        Action(
            "career.attest",
            "PUT /eligibility/{employee_id}/attestation",
            AttestCareer,
            attest_career,
            of_employee,
        ),
        Action("talent.rate", "PUT /talent/{employee_id}", RateTalent, rate_talent, of_employee),
        Action(
            "award.decide",
            "POST /awards/{award_id}/decide",
            DecideAward,
            decide_award,
            _of_award,
            earlier=_nominators,
            version_of=_version_of_award,
        ),
        Action(
            "award.revoke",
            "POST /awards/{award_id}/revoke",
            RevokeAward,
            revoke_award,
            _of_award,
            version_of=_version_of_award,
        ),
    ),
    announce=_announce,
    alone={
        "POST /policies": DRAFT,
        "PUT /policies/{policy_id}": DRAFT,
        "POST /policies/{policy_id}/simulate": "it changes nothing",
        "POST /attendance": FACT,
        "POST /imports/attendance": FACT,
        "POST /circumstances": FACT,
        "POST /circumstances/{circumstance_id}/void": FACT,
        "POST /allowance-runs": CALCULATION,
        "POST /allowance-runs/{run_id}/pay": "it records what the treasury has paid of a run that two have approved",
        "POST /eligibility/refresh": CALCULATION,
        "POST /awards": "a nomination gives nothing; granting it takes two, and not who nominated",
    },
)
