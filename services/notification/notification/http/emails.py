"""E-mail, as the operator sees it, and the addresses of offices."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Items, Page
from notification.domain.email import EmailView
from notification.domain.people import MailboxView
from notification.domain.templates import ROLE_OF
from notification.http.access import GRANTERS, PREFIX
from notification.http.emails_schemas import EmailsQuery, MailboxIn
from notification.use_cases.emails.read import ListEmails, list_emails
from notification.use_cases.emails.retry import retry_email
from notification.use_cases.mailboxes.read import list_mailboxes
from notification.use_cases.mailboxes.set import set_mailbox

blp = ServiceBlueprint("emails", url_prefix=PREFIX, description="E-mail deliveries")
OFFICES = ",".join(sorted(ROLE_OF.values()))


@blp.route("/emails", methods=["GET"])
@allow("operator")
@blp.arguments(EmailsQuery, location="query")
@blp.response(200, Page[EmailView])
def get_emails(query: dict[str, Any]) -> Page[EmailView]:
    """E-mails by state, newest first; neither addresses nor texts."""
    return list_emails(work(), principal(), ListEmails(**query))


@blp.route("/emails/<uuid:delivery_id>/retry", methods=["POST"])
@allow("operator")
@idempotent
@problems(404, 409)
@blp.response(200, EmailView)
def post_email_retry(delivery_id: UUID) -> EmailView:
    """Queue an e-mail again that was given up."""
    return retry_email(work(), principal(), delivery_id)


@blp.route("/office-mailboxes", methods=["GET"])
@allow(*GRANTERS)
@blp.response(200, Items[MailboxView])
def get_mailboxes() -> Items[MailboxView]:
    """The shared addresses of the agency's offices."""
    return list_mailboxes(work(), principal())


@blp.route(f"/office-mailboxes/<any({OFFICES}):role>", methods=["PUT"])
@allow(*GRANTERS)
@problems(404)
@blp.arguments(MailboxIn)
@blp.response(200, MailboxView)
def put_mailbox(body: dict[str, Any], role: str) -> MailboxView:
    """Set the shared address of an office."""
    return set_mailbox(work(), principal(), role=role, **body)
