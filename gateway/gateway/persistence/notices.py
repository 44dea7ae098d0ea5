"""What others did to an account, from the audit trail, for the account's owner."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from chassis.unit_of_work import Transaction
from gateway.persistence.accounts import names_of

LIMIT = 20
REPORTED_ACTIONS = (
    "account.code_issued",
    "account.reset_requested",
    "account.reset_approved",
    "account.roles_changed",
    "account.changed",
    "account.link_changed",
    "account.password_ended",
    "second_factor.removed",
    "account.disabled",
    "account.enabled",
)
# Text, because the audit trail belongs to the chassis and has no model.
_BY_OTHERS = text(
    "SELECT recorded_at AS at, action, actor FROM audit WHERE agency_id = :agency AND object_type = 'account' "
    "AND object_id = :account AND actor <> :account AND action = ANY(:actions) AND recorded_at > :since "
    "ORDER BY position DESC LIMIT :limit"
)


@dataclass(frozen=True)
class ActionByOther:
    """`by_name` is None for somebody of another agency, who can only be an operator."""

    at: datetime
    action: str
    by_name: str | None


def actions_by_others(tx: Transaction, account_id: UUID, since: datetime) -> list[ActionByOther]:
    """Return what others did to an account, newest first."""
    values = {
        "agency": tx.agency_id,
        "account": str(account_id),
        "actions": list(REPORTED_ACTIONS),
        "since": since,
        "limit": LIMIT,
    }
    rows = tx.session.execute(_BY_OTHERS, values).all()
    names = names_of(tx, {UUID(row.actor) for row in rows})
    return [ActionByOther(row.at, row.action, names.get(UUID(row.actor))) for row in rows]
