"""Attest what only HR knows: a vacancy, the competency test, proof of development, the last periodic raise."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction
from incentive.authorisation import require_colleague
from incentive.domain.attestation import AttestationView, AttestCareer
from incentive.persistence.attestations import insert_attestation, next_attestation_number
from incentive.persistence.people import today_of
from incentive.persistence.reassessments import enqueue_reassessment


def attest_career(tx: Transaction, actor: Principal, command: AttestCareer) -> AttestationView:
    """Add a further entry that counts from now on; the earlier ones stay in the record."""
    require_colleague(tx, actor, command.employee_id)
    command.check(today_of(tx))
    number = next_attestation_number(tx, command.employee_id)
    attested = AttestationView.attested(number, command, actor.account_id, tx.now)
    insert_attestation(tx, attested)
    enqueue_reassessment(tx, command.employee_id)
    audit.record(tx, actor, "attest_career", "employee", command.employee_id, number=number)
    return attested
