"""What a person chose, and what holds when nothing was chosen."""

from dataclasses import dataclass

from notification.domain.errors import TopicMandatory
from notification.domain.templates import EmailMode, Template, Topic


@dataclass(frozen=True)
class Choice:
    inbox: bool
    email: EmailMode


def default_choice(topic: Topic) -> Choice:
    return Choice(inbox=True, email=topic.email)


def check_choice(topic: Topic, choice: Choice) -> Choice:
    """Results and objections must reach the person in the inbox (PP 30/2019, Articles 59 and 60): e-mail is extra."""
    if topic.mandatory and not choice.inbox:
        raise TopicMandatory(label=topic.label, legal_source=topic.legal_source)
    return choice


def email_mode(template: Template, choice: Choice) -> EmailMode:
    return choice.email if template.email else EmailMode.OFF
