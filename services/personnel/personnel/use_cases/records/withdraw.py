"""Withdraw a record: the timeline is then as if it had not been recorded, and who withdrew it, when and why stays."""

from dataclasses import replace

from chassis import audit
from chassis.auth import Principal
from chassis.errors import required
from chassis.unit_of_work import UnitOfWork
from personnel.domain.errors import RecordWithdrawn
from personnel.domain.recording import ChangeView, WithdrawRecord, require_complete
from personnel.domain.records import Cause
from personnel.domain.series import takes_effect
from personnel.persistence.records import save_withdrawal
from personnel.use_cases.records.cycles import require_no_cycle
from personnel.use_cases.records.recording import finish_change, open_subject


def withdraw_record(work: UnitOfWork, actor: Principal, command: WithdrawRecord) -> ChangeView:
    """Withdraw it. Raise NotFound, OwnAffair, VersionConflict, RecordWithdrawn, RecordNeeded, SuperiorCycle."""
    with work.transaction(actor.agency_id) as tx:
        subject = open_subject(tx, actor, command.employee_id, command.expected_version)
        found = next((one for one in subject.records.all if one.id == command.record_id), None)
        record = required(found, "catatan", command.record_id)
        if record.withdrawn_at is not None:
            raise RecordWithdrawn
        entry = subject.entry
        effect = takes_effect(subject.records.of(record.SERIES), record, entry.today)
        withdrawn = record.withdrawn(entry.recorded_at, entry.recorded_by, command.reason)
        after = replace(subject, records=subject.records.with_replaced({record.id: withdrawn}))
        require_complete(after.records)
        require_no_cycle(tx, subject.employee.id, subject.records, after.records, since=record.effective_from)
        save_withdrawal(tx, withdrawn)
        audit.record(tx, actor, "record_withdrawn", "employee", command.employee_id, record_id=record.id)
        return finish_change(tx, after, effect, Cause.CORRECTION)
