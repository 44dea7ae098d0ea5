"""Of which topics a person wants messages, and where."""

from typing import Any

from chassis.auth import allow
from chassis.http import ServiceBlueprint, principal, problems, work
from chassis.pagination import Items
from notification.domain.preference import Choice, TopicView
from notification.http.access import PERSON, PREFIX, Relation
from notification.http.preferences_schemas import ChoiceIn
from notification.use_cases.preferences.choose import choose_topic
from notification.use_cases.preferences.read import list_topics

blp = ServiceBlueprint("preferences", url_prefix=f"{PREFIX}/preferences", description="Choices of people, by topic")


@blp.route("", methods=["GET"])
@allow(*PERSON, relation=Relation.OWN_CHOICES)
@blp.response(200, Items[TopicView])
def get_preferences() -> Items[TopicView]:
    """All topics, with what holds for the caller."""
    return list_topics(work(), principal())


@blp.route("/<string:topic>", methods=["PUT"])
@allow(*PERSON, relation=Relation.OWN_CHOICES)
@problems(404)
@blp.arguments(ChoiceIn)
@blp.response(200, TopicView)
def put_preference(body: dict[str, Any], topic: str) -> TopicView:
    """Choose for one topic; a mandatory one cannot be turned off in the inbox."""
    return choose_topic(work(), principal(), topic, Choice(**body))
