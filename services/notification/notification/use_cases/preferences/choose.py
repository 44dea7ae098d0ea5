"""Choose where the messages of a topic go."""

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import self_of
from notification.domain.preference import Choice, TopicView
from notification.persistence.preferences import save_choice
from notification.persistence.template_files import topics


def choose_topic(work: UnitOfWork, actor: Principal, key: str, choice: Choice) -> TopicView:
    topic = topics().get(key)
    if topic is None:
        raise NotFound(object="topik", id=key)
    choice.require_allowed(topic)
    with work.transaction(actor.agency_id) as tx:
        save_choice(tx, self_of(actor), key, choice)
        audit.record(tx, actor, "choose_topic", "preference", key, inbox=choice.inbox, email=choice.email)
        return TopicView.of(topic, choice)
