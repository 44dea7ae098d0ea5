"""Read what holds for a person: all topics, chosen or not."""

from chassis.auth import Principal
from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import self_of
from notification.domain.preference import TopicView
from notification.persistence.preferences import choices_among
from notification.persistence.template_files import topics


def list_topics(work: UnitOfWork, actor: Principal) -> Items[TopicView]:
    person = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        chosen = choices_among(tx, [person])
        return Items([TopicView.of(topic, chosen.get((person, topic.key))) for topic in topics().values()])
