"""What a person chose of a topic, and what holds when nothing was chosen."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from notification.domain.errors import TopicMandatory
from notification.domain.templates import EmailMode, Template, Topic


@dataclass(frozen=True)
class Choice:
    inbox: bool
    email: EmailMode

    @classmethod
    def default(cls, topic: Topic) -> "Choice":
        return cls(inbox=True, email=topic.email)

    def require_allowed(self, topic: Topic) -> None:
        """Raise TopicMandatory for results and objections turned off in the inbox (PP 30/2019, Articles 59 and 60)."""
        if topic.mandatory and not self.inbox:
            raise TopicMandatory(label=topic.label, legal_source=topic.legal_source)

    def email_mode(self, template: Template) -> EmailMode:
        return self.email if template.email else EmailMode.OFF


@dataclass(frozen=True)
class TopicView:
    topic: str
    label: str
    mandatory: bool
    legal_source: str
    inbox: bool
    email: EmailMode
    chosen: Annotated[bool, Meta(description="false: this is the default")]

    @classmethod
    def of(cls, topic: Topic, chosen: Choice | None) -> "TopicView":
        choice = chosen or Choice.default(topic)
        return cls(
            topic.key, topic.label, topic.mandatory, topic.legal_source, choice.inbox, choice.email, chosen is not None
        )
