"""The inbox of the person who asks."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, page, page_of, principal, problems, work
from notification.http.access import PEOPLE, before_of, next_of
from notification.http.schemas import InboxArgs, MessageOut, ReadAllIn, ReadAllOut, UnreadOut
from notification.use_cases.mark_read import mark_all_read, mark_read
from notification.use_cases.read_inbox import count_unread, list_inbox, read_message
from notification.use_cases.views import MessageView

blp = ServiceBlueprint("inbox", url_prefix="/api/v1/notification/inbox", description="Messages to people")
OWN = "the caller's own messages, and those of the offices held"


@blp.route("", methods=["GET"])
@allow(*PEOPLE, relation=OWN)
@blp.arguments(InboxArgs, location="query")
@blp.response(200, page_of(MessageOut))
def get_inbox(args: dict[str, Any]) -> dict[str, Any]:
    """Messages, newest first."""
    found = list_inbox(
        work(), principal(), before=before_of(args["cursor"]), limit=args["limit"], unread_only=args["unread"],
        topic=args["topic"],
    )  # fmt: skip
    last = found[-1].message_id if found else None
    return page(found, next_of(found, args["limit"], last))


@blp.route("/unread", methods=["GET"])
@allow(*PEOPLE, relation=OWN)
@blp.response(200, UnreadOut)
def get_unread() -> dict[str, Any]:
    """How many messages are not read yet."""
    counts = count_unread(work(), principal())
    return {"unread": sum(counts.values()), "by_topic": counts}


@blp.route("/read-all", methods=["POST"])
@allow(*PEOPLE, relation=OWN)
@problems(404)
@blp.arguments(ReadAllIn)
@blp.response(200, ReadAllOut)
def post_read_all(body: dict[str, Any]) -> dict[str, Any]:
    """Mark everything as read, or everything up to the newest message that was seen."""
    return {"marked": mark_all_read(work(), principal(), body["up_to"])}


@blp.route("/<uuid:message_id>", methods=["GET"])
@allow(*PEOPLE, relation=OWN)
@problems(404)
@blp.response(200, MessageOut)
def get_message(message_id: UUID) -> MessageView:
    """One message, with the event and the template it was made from."""
    return read_message(work(), principal(), message_id)


@blp.route("/<uuid:message_id>/read", methods=["POST"])
@allow(*PEOPLE, relation=OWN)
@problems(404)
@blp.response(200, MessageOut)
def post_read(message_id: UUID) -> MessageView:
    """Mark a message as read; doing it again keeps the first time."""
    return mark_read(work(), principal(), message_id)
