"""Assess people's eligibility as of today, store what is new and publish what has changed."""

from collections.abc import Sequence
from uuid import UUID

from chassis import outbox
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from chassis.views import view_of
from incentive.domain.eligibility import assess
from incentive.domain.eligibility_findings import EligibilityChange, StoredFinding
from incentive.events import EligibilityChanged
from incentive.persistence.careers import load_careers
from incentive.persistence.eligibility import findings_of, save_findings
from incentive.persistence.people import today_of
from incentive.persistence.reference import eligibility_rules


def assess_people(tx: Transaction, ids: Sequence[UUID]) -> None:
    """Assess these people; EligibilityChanged is published only where eligibility or the missing conditions differ.

    The first assessment of somebody who is not eligible is no news: it is stored without an event.
    """
    today = today_of(tx)
    rules, reference = eligibility_rules(tx, today)
    previous = {(one.employee_id, one.kind): one for one in findings_of(tx, ids)}
    findings: list[StoredFinding] = []
    changes: list[EligibilityChange] = []
    for employee_id, career in sorted(load_careers(tx, ids, today).items()):
        for assessed in assess(career, rules, today):
            finding = StoredFinding.of(employee_id, assessed, today, reference.id).no_later_than(career.changes_on)
            before = previous.get((employee_id, finding.kind))
            if before is not None and before.same_as(finding):
                continue
            findings.append(finding)
            if finding.differs_in_outcome(before):
                changes.append(EligibilityChange.of(new_id(), finding))
                if before is not None or finding.eligible:
                    outbox.record(tx, view_of(EligibilityChanged, finding))
    save_findings(tx, findings, changes)
