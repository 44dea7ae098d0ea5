"""Publish a further version of a table of legal numbers."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction
from incentive.domain.reference import PublishReference, ReferenceKind, ReferenceView
from incentive.persistence import reassessments, recalculations
from incentive.persistence.reference import add_reference, default_reference


def publish_reference(tx: Transaction, actor: Principal, command: PublishReference) -> ReferenceView:
    """The numbers hold from their day on; whoever is assessed or paid by them is so anew."""
    command.check(default_reference(ReferenceKind.CREDIT)["data"])
    added = add_reference(tx, command, actor.account_id)
    match added.kind:
        case ReferenceKind.WORK_CALENDAR:
            recalculations.enqueue_everybody(tx, added.valid_from, None, "work_calendar")
        case ReferenceKind.CREDIT | ReferenceKind.ELIGIBILITY | ReferenceKind.AWARDS:
            reassessments.enqueue_everybody(tx)
    audit.record(tx, actor, "publish_reference", "reference_set", added.id, kind=added.kind, number=added.number)
    return added
