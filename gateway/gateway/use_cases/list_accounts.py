"""List an agency's accounts, as their manager."""

from dataclasses import dataclass
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from gateway.domain.people import AccountView, agency_for
from gateway.domain.usernames import normalise_username
from gateway.persistence import accounts


@dataclass(frozen=True)
class AccountSearch:
    agency_id: str | None = None
    username: str | None = None
    employee_id: UUID | None = None
    role: str | None = None
    after: UUID | None = None
    limit: int = 50


def list_accounts(work: UnitOfWork, actor: Principal, search: AccountSearch) -> tuple[list[AccountView], UUID | None]:
    """A page of accounts, and the id after which the next page starts."""
    with work.transaction(agency_for(actor, search.agency_id)) as tx:
        found = accounts.search_accounts(
            tx.session,
            username=normalise_username(search.username) if search.username else None,
            employee_id=search.employee_id,
            role=search.role,
            after=search.after,
            limit=search.limit + 1,
        )
        shown = found[: search.limit]
        audit.record(tx, actor, "account.listed", "agency", tx.agency_id, count=len(shown))
        return [accounts.view_of(account) for account in shown], shown[-1].id if len(found) > len(shown) else None
