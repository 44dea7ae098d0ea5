"""E-mail, as the operator sees it, and the addresses of offices."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, page, page_of, principal, problems, work
from notification.domain.templates import ROLE_OF
from notification.http.access import GRANTERS, before_of, next_of
from notification.http.schemas import EmailArgs, EmailOut, MailboxesOut, MailboxIn, MailboxOut
from notification.use_cases.manage_emails import list_emails, retry_email
from notification.use_cases.office_mailboxes import list_mailboxes, set_mailbox

blp = ServiceBlueprint("emails", url_prefix="/api/v1/notification", description="E-mail deliveries")
OFFICES = ",".join(sorted(ROLE_OF.values()))


@blp.route("/emails", methods=["GET"])
@allow("operator")
@blp.arguments(EmailArgs, location="query")
@blp.response(200, page_of(EmailOut))
def get_emails(args: dict[str, Any]) -> dict[str, Any]:
    """E-mails by state, newest first; neither addresses nor texts."""
    found = list_emails(work(), principal(), state=args["state"], before=before_of(args["cursor"]), limit=args["limit"])
    return page(found, next_of(found, args["limit"], found[-1].delivery_id if found else None))


@blp.route("/emails/<uuid:delivery_id>/retry", methods=["POST"])
@allow("operator")
@problems(404, 409)
@blp.response(200, EmailOut)
def post_email_retry(delivery_id: UUID) -> Any:
    """Queue an e-mail again that was given up."""
    return retry_email(work(), principal(), delivery_id)


@blp.route("/office-mailboxes", methods=["GET"])
@allow(*GRANTERS)
@blp.response(200, MailboxesOut)
def get_mailboxes() -> dict[str, Any]:
    """The shared addresses of the agency's offices."""
    return {"items": list_mailboxes(work(), principal())}


@blp.route(f"/office-mailboxes/<any({OFFICES}):role>", methods=["PUT"])
@allow(*GRANTERS)
@problems(404)
@blp.arguments(MailboxIn)
@blp.response(200, MailboxOut)
def put_mailbox(body: dict[str, Any], role: str) -> Any:
    """Set the shared address of an office."""
    return set_mailbox(work(), principal(), role, body["email"])
