"""Judge people's eligibility as of today, keep what is new and say what has changed."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from chassis import outbox
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from incentive.domain.career import Finding
from incentive.domain.eligibility import assess
from incentive.events import EligibilityChanged
from incentive.persistence.careers import load_careers
from incentive.persistence.eligibility import current, save
from incentive.persistence.people import today_of
from incentive.persistence.reference import ReferenceVersion, eligibility_rules


def assess_people(tx: Transaction, ids: Sequence[UUID]) -> None:
    """Reassess these people; EligibilityChanged is said only where eligibility or the missing conditions differ.

    The first assessment of somebody not eligible is no news; it is kept without being said.
    """
    today = today_of(tx)
    rules, reference = eligibility_rules(tx, today)
    before = {(row.employee_id, row.kind): row for row in current(tx, ids)}
    rows: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    for employee_id, career in sorted(load_careers(tx, ids, today).items()):
        for finding in assess(career, rules, today):
            row = _row(tx, employee_id, finding, today, reference)
            have = before.get((employee_id, finding.kind.value))
            if have is not None and _same(have, row):
                continue
            rows.append(row)
            changed = have is None or (have.eligible, have.missing) != (finding.eligible, finding.missing)
            if changed:
                changes.append({"id": new_id(), **row})
            if changed and (have is not None or finding.eligible):
                _say(tx, employee_id, finding, today)
    save(tx, rows, changes)


def _same(have: Any, row: dict[str, Any]) -> bool:
    """Equal but for the day it was looked at."""
    return bool(
        have.reasons == json.loads(row["reasons"])
        and have.review_on == row["review_on"]
        and have.reference_id == row["reference"]
    )


def _row(
    tx: Transaction, employee_id: UUID, finding: Finding, today: date, reference: ReferenceVersion
) -> dict[str, Any]:
    return {
        "agency": tx.agency_id,
        "employee": employee_id,
        "kind": finding.kind.value,
        "eligible": finding.eligible,
        "missing": json.dumps(finding.missing),
        "reasons": json.dumps([asdict(reason) for reason in finding.reasons]),
        "as_of": today,
        "review_on": finding.review_on,
        "reference": reference.id,
    }


def _say(tx: Transaction, employee_id: UUID, finding: Finding, today: date) -> None:
    outbox.record(
        tx,
        EligibilityChanged(
            employee_id=employee_id,
            kind=finding.kind.value,
            eligible=finding.eligible,
            missing=finding.missing,
            as_of=today,
        ),
    )
