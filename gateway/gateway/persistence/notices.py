"""What others did to an account, out of the audit trail, so that its owner can be told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from chassis.unit_of_work import Transaction
from gateway.persistence.accounts import names_of

MOST = 20
TOLD = ("account.code_issued", "account.roles_changed", "account.changed", "account.disabled", "account.enabled")
_BY_OTHERS = text(
    "SELECT recorded_at AS at, action, actor FROM audit WHERE agency_id = :agency AND object_type = 'account' "
    "AND object_id = :account AND actor <> :account AND action = ANY(:told) AND recorded_at > :since "
    "ORDER BY position DESC LIMIT :most"
)


@dataclass(frozen=True)
class ActByOther:
    """`by_name` is empty for somebody of another agency, who can only be an operator."""

    at: datetime
    action: str
    by_name: str | None


def acts_by_others(tx: Transaction, account_id: UUID, since: datetime) -> list[ActByOther]:
    """The newest first."""
    asked = {"agency": tx.agency_id, "account": str(account_id), "told": list(TOLD), "since": since, "most": MOST}
    rows = tx.session.execute(_BY_OTHERS, asked).all()
    names = names_of(tx.session, {UUID(row.actor) for row in rows})
    return [ActByOther(row.at, row.action, names.get(UUID(row.actor))) for row in rows]
