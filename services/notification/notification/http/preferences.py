"""What a person wants to hear of."""

from typing import Any

from chassis.auth import allow
from chassis.http import ServiceBlueprint, principal, problems, work
from notification.domain.preferences import Choice
from notification.http.schemas import ChoiceIn, TopicOut, TopicsOut
from notification.use_cases.choose_topics import TopicChoice, choose_topic, list_topics

blp = ServiceBlueprint(
    "preferences", url_prefix="/api/v1/notification/preferences", description="Choices of people, by topic"
)


def _shown(found: TopicChoice) -> dict[str, Any]:
    return {
        "topic": found.topic.key,
        "label": found.topic.label,
        "mandatory": found.topic.mandatory,
        "legal_source": found.topic.legal_source,
        "inbox": found.choice.inbox,
        "email": found.choice.email.value,
        "chosen": found.chosen,
    }


@blp.route("", methods=["GET"])
@allow("employee", relation="the caller's own choices")
@blp.response(200, TopicsOut)
def get_preferences() -> dict[str, Any]:
    """All topics, with what holds for the caller."""
    return {"items": [_shown(found) for found in list_topics(work(), principal())]}


@blp.route("/<string:topic>", methods=["PUT"])
@allow("employee", relation="the caller's own choices")
@problems(404)
@blp.arguments(ChoiceIn)
@blp.response(200, TopicOut)
def put_preference(body: dict[str, Any], topic: str) -> dict[str, Any]:
    """Choose for one topic; a mandatory one cannot be turned off in the inbox."""
    return _shown(choose_topic(work(), principal(), topic, Choice(body["inbox"], body["email"])))
