"""Read what the operator sees of the mail: states and codes, neither addresses nor texts."""

from dataclasses import dataclass

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from notification.domain.email import EmailState, EmailView
from notification.persistence import emails


@dataclass(frozen=True)
class ListEmails:
    page: PageRequest
    state: EmailState | None = None


def list_emails(work: UnitOfWork, actor: Principal, query: ListEmails) -> Page[EmailView]:
    with work.transaction(actor.agency_id) as tx:
        return emails.list_emails(tx, query.page, state=query.state).of(EmailView.of)
