"""What a person wants to hear of, and where."""

from dataclasses import dataclass
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden, NotFound
from chassis.unit_of_work import UnitOfWork
from notification.domain.preferences import Choice, check_choice, default_choice
from notification.domain.templates import Topic
from notification.persistence import messages
from notification.persistence.template_files import template_book


@dataclass(frozen=True)
class TopicChoice:
    topic: Topic
    choice: Choice
    chosen: bool


def _me(actor: Principal) -> UUID:
    if actor.employee_id is None:
        raise Forbidden
    return actor.employee_id


def list_topics(work: UnitOfWork, actor: Principal) -> list[TopicChoice]:
    with work.transaction(actor.agency_id) as tx:
        chosen = messages.choices_of(tx, _me(actor))
    return [
        TopicChoice(topic, chosen.get(topic.key, default_choice(topic)), topic.key in chosen)
        for topic in template_book().topics.values()
    ]


def choose_topic(work: UnitOfWork, actor: Principal, key: str, choice: Choice) -> TopicChoice:
    topic = template_book().topics.get(key)
    if topic is None:
        raise NotFound(object="topik", id=key)
    check_choice(topic, choice)
    with work.transaction(actor.agency_id) as tx:
        messages.save_choice(tx, _me(actor), key, choice)
        audit.record(tx, actor, "choose_topic", "preference", key, inbox=choice.inbox, email=choice.email)
    return TopicChoice(topic, choice, chosen=True)
