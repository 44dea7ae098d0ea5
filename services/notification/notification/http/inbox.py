"""The inbox of the person who asks."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Page
from notification.domain.message import MessageView, ReadAllView, UnreadView
from notification.http.access import PEOPLE, PREFIX, Relation
from notification.http.inbox_schemas import InboxQuery, ReadAllIn
from notification.use_cases.messages.mark_read import mark_all_read, mark_read
from notification.use_cases.messages.read import ListMessages, count_unread, list_messages, show_message

blp = ServiceBlueprint("inbox", url_prefix=f"{PREFIX}/inbox", description="Messages to people")


@blp.route("", methods=["GET"])
@allow(*PEOPLE, relation=Relation.OWN_MESSAGES)
@blp.arguments(InboxQuery, location="query")
@blp.response(200, Page[MessageView])
def get_inbox(query: dict[str, Any]) -> Page[MessageView]:
    """Messages, newest first."""
    return list_messages(work(), principal(), ListMessages(**query))


@blp.route("/unread", methods=["GET"])
@allow(*PEOPLE, relation=Relation.OWN_MESSAGES)
@blp.response(200, UnreadView)
def get_unread() -> UnreadView:
    """How many messages are not read yet."""
    return count_unread(work(), principal())


@blp.route("/read-all", methods=["POST"])
@allow(*PEOPLE, relation=Relation.OWN_MESSAGES)
@idempotent
@problems(404)
@blp.arguments(ReadAllIn)
@blp.response(200, ReadAllView)
def post_read_all(body: dict[str, Any]) -> ReadAllView:
    """Mark everything as read, or everything up to the newest message that was seen."""
    return mark_all_read(work(), principal(), **body)


@blp.route("/<uuid:message_id>", methods=["GET"])
@allow(*PEOPLE, relation=Relation.OWN_MESSAGES)
@problems(404)
@blp.response(200, MessageView)
def get_message(message_id: UUID) -> MessageView:
    """One message, with the event and the template it was made from."""
    return show_message(work(), principal(), message_id)


@blp.route("/<uuid:message_id>/read", methods=["POST"])
@allow(*PEOPLE, relation=Relation.OWN_MESSAGES)
@idempotent
@problems(404)
@blp.response(200, MessageView)
def post_read(message_id: UUID) -> MessageView:
    """Mark a message as read; doing it again keeps the first time."""
    return mark_read(work(), principal(), message_id)
