"""What people are notified of: who, of which event, in which words.

The words live in template files; this module only knows how to read, choose and fill them. Placeholders are the fields
that the event's own producer marks with `x-displayable` in its schema, so that no amount, rating, health or discipline
content can slip into a text (UU 27/2022, Article 4).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from string import Formatter
from typing import Any
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.indonesian import MONTHS, day_in_words, moment_in_words
from notification.domain.terms import Terms

# What may be shown of the notices that this service raises itself; the events of others carry it in their schemas.
OWN_NOTICES: Mapping[str, frozenset[str]] = {
    "notification.SuperiorChanged.v1": frozenset(),
    "notification.SuperiorCorrected.v1": frozenset(),
    "notification.EventTypesEnding.v1": frozenset({"subscriber_name", "event_types", "successors", "ending"}),
    "notification.SubscriptionDisabled.v1": frozenset({"subscriber_name", "host", "days"}),
}
# Names that come from the directory of people, for any event, and what stands there until they are known.
UNKNOWN_NAMES = {"employee_name": "seorang pegawai", "unit_name": "unit Anda"}
# How a list of numbers by kind is written out, by format.
_LISTED = {"due": "paling lambat", "overdue": "batas waktunya"}
_KEYS = frozenset(
    {"event", "to", "topic", "title", "body", "link", "version", "when", "once_per", "email", "useful_until", "duty_of"}
)
_LINK = re.compile(r"^/[a-z0-9/_{}\-]*$")


class Audience(StrEnum):
    """To whom a text is addressed; people by their relation to the event, offices by their role."""

    EMPLOYEE = "EMPLOYEE"
    APPRAISER = "APPRAISER"
    REVIEWER = "REVIEWER"
    PREVIOUS_APPRAISER = "PREVIOUS_APPRAISER"
    DECIDER = "DECIDER"
    DECIDER_SUPERIOR = "DECIDER_SUPERIOR"
    REVIEWER_SUPERIOR = "REVIEWER_SUPERIOR"
    SUPERIOR = "SUPERIOR"
    UNIT_LEADER = "UNIT_LEADER"
    HR = "HR"
    OPERATOR = "OPERATOR"
    OFFICER = "OFFICER"
    INSPECTOR = "INSPECTOR"
    EVERYONE = "EVERYONE"


ROLE_OF = {Audience.HR: "hr_officer", Audience.OPERATOR: "operator", Audience.INSPECTOR: "inspector"}


class EmailMode(StrEnum):
    """DAILY and WEEKLY: collected into one message, sent in the morning of the next day, or of the next Monday."""

    IMMEDIATE = "IMMEDIATE"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    OFF = "OFF"


class Quiet(StrEnum):
    """When e-mail of a topic is held back: in the agency's quiet hours, and reminders on weekends too."""

    NEVER = "NEVER"
    NIGHT = "NIGHT"
    NIGHT_AND_WEEKEND = "NIGHT_AND_WEEKEND"


@dataclass(frozen=True)
class Topic:
    """A group of texts a person decides about; a mandatory one always reaches the inbox."""

    key: str
    label: str
    mandatory: bool
    legal_source: str
    email: EmailMode
    quiet: Quiet = Quiet.NIGHT


@dataclass(frozen=True)
class Template:
    """`useful_until` and `duty_of` name fields of the event: until when its e-mail is of use, and whose duty it is."""

    key: str
    event: str
    to: Audience
    topic: str
    title: str
    body: str
    link: str
    version: int
    when: Mapping[str, Any] = field(default_factory=dict)
    once_per: tuple[str, ...] = ()
    email: bool = True
    useful_until: str = ""
    duty_of: str = ""

    @property
    def mentions_a_day(self) -> bool:
        return any(form in self.title + self.body for form in (":date}", ":moment}", ":due}", ":overdue}"))

    def mentions(self, name: str) -> bool:
        return "{" + name + "}" in self.title + self.body

    def fits(self, data: Mapping[str, Any]) -> bool:
        """Return whether it is for such an event; an empty text stands for a field that is null or absent."""
        known = {name: "" if data.get(name) is None else data[name] for name in self.when}
        return all(known[name] in (value if isinstance(value, list) else [value]) for name, value in self.when.items())

    def dedupe_key(self, event_id: UUID, data: Mapping[str, Any]) -> str:
        """What makes a second message of the same event recognisable, even under a new event id."""
        if not self.once_per:
            return f"{self.key}:{event_id}"
        return ":".join([self.key, *(str(data.get(name, "")) for name in self.once_per)])


@dataclass(frozen=True)
class Text:
    title: str
    body: str
    link: str
    terms: Terms | None = None


class TemplateError(ValueError):
    """A template is wrong; it is left out."""


def recipient_of_employee(employee_id: UUID | str) -> str:
    return f"employee:{employee_id}"


def employee_of(recipient: str) -> UUID | None:
    """The person that a recipient names; None for an office or everyone."""
    kind, _, name = recipient.partition(":")
    return UUID(name) if kind == "employee" else None


def recipient_of_role(role: str) -> str:
    return f"role:{role}"


EVERYONE = "everyone"


@dataclass(frozen=True)
class Words:
    """What is owed, by its kind: about the person themselves, and about others."""

    own: str
    others: str


# What stands for a kind that has no words here, because its producer is newer.
OTHER = "OTHER"


class _Filler(Formatter):
    def __init__(self, time_zone: str, words: Mapping[str, Words]) -> None:
        self._time_zone, self._words = time_zone, words

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec in _LISTED:
            return "\n".join(self._line(one, _LISTED[format_spec]) for one in value) or "- tidak ada"
        if format_spec == "date":
            return in_words(value, self._time_zone)
        if format_spec == "moment":
            return moment_in_words(datetime.fromisoformat(str(value)), self._time_zone)
        if format_spec == "month":
            return month_in_words(value)
        if format_spec == "month_name":
            return MONTHS[int(value) - 1]
        return str(value)

    def _line(self, one: Mapping[str, Any], day: str) -> str:
        words = self._words.get(one["kind"]) or self._words.get(OTHER, Words(OTHER, OTHER))
        what = words.own if one["own"] else words.others
        return f"- {one['count']} {what}, {day} {in_words(one['due_at'], self._time_zone)}"


def in_words(value: object, time_zone: str) -> str:
    """A date, or the day of a moment where the agency is, as people write it: 5 Januari 2027."""
    moment = value if isinstance(value, date) else datetime.fromisoformat(str(value))
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        moment = moment.astimezone(ZoneInfo(time_zone))
    return day_in_words(moment)


def month_in_words(value: object) -> str:
    year, month = str(value).split("-")[:2]
    return f"{MONTHS[int(month) - 1]} {int(year)}"


def fill(
    template: Template, values: Mapping[str, Any], time_zone: str, words: Mapping[str, Words] | None = None
) -> Text:
    """Return the text of a message; `words` has those of what is counted by kind."""
    known = {**UNKNOWN_NAMES, **{name: value for name, value in values.items() if value is not None}}
    filler = _Filler(time_zone, words or {})
    link_values = {name: quote(str(value), safe="") for name, value in known.items()}
    return Text(
        title=filler.vformat(template.title, (), known),
        body=filler.vformat(template.body, (), known),
        link=filler.vformat(template.link, (), link_values),
    )


def read_template(
    raw: Mapping[str, Any], topics: Mapping[str, Topic], displayable: Mapping[str, frozenset[str]]
) -> Template:
    """Return one [[message]] of a template file; raises TemplateError for one that is wrong.

    `displayable` names by event the fields that may be shown to people; an event that is not in it is not known.
    """
    where = f"{raw.get('event', '?')} -> {raw.get('to', '?')}"
    if unknown := set(raw) - _KEYS:
        raise TemplateError(f"{where}: unknown keys {sorted(unknown)}")
    try:
        template = Template(
            key=f"{raw['event']}/{raw['to']}" + "".join(f"/{one}" for one in dict(raw.get("when", {})).values() if one),
            event=raw["event"], to=Audience(raw["to"]), topic=raw["topic"], title=raw["title"], body=raw["body"],
            link=raw["link"], version=int(raw["version"]), when=dict(raw.get("when", {})),
            once_per=tuple(raw.get("once_per", ())), email=bool(raw.get("email", True)),
            useful_until=raw.get("useful_until", ""), duty_of=raw.get("duty_of", ""),
        )  # fmt: skip
    except (KeyError, ValueError) as problem:
        raise TemplateError(f"{where}: {problem}") from problem
    if template.useful_until and not template.duty_of:
        raise TemplateError(f"{where}: useful_until without duty_of")
    if template.topic not in topics:
        raise TemplateError(f"{where}: topic {template.topic!r} is not in topics.toml")
    if template.event not in displayable:
        raise TemplateError(f"{where}: the event has no published schema")
    if not _LINK.match(template.link):
        raise TemplateError(f"{where}: link must be a path of our own, such as /skp/{{plan_id}}")
    shown = displayable[template.event]
    _check_fields(where, [template.title, template.body], shown | UNKNOWN_NAMES.keys())
    _check_fields(where, [template.link], shown, ids=True)
    return template


def read_topic(raw: Mapping[str, Any]) -> Topic:
    try:
        topic = Topic(
            key=raw["key"], label=raw["label"], mandatory=bool(raw["mandatory"]),
            legal_source=raw.get("legal_source", ""), email=EmailMode(raw["email"]),
            quiet=Quiet(raw.get("quiet", Quiet.NIGHT)),
        )  # fmt: skip
    except (KeyError, ValueError) as problem:
        raise TemplateError(f"topic {raw.get('key', '?')}: {problem}") from problem
    if topic.mandatory and not topic.legal_source:
        raise TemplateError(f"topic {topic.key}: a mandatory topic names its legal_source")
    return topic


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _check_fields(where: str, texts: Iterable[str], allowed: frozenset[str], *, ids: bool = False) -> None:
    for text in texts:
        try:
            names = placeholders(text)
        except ValueError as problem:
            raise TemplateError(f"{where}: {problem}") from problem
        for name in names:
            if name not in allowed and not (ids and name.endswith("_id") and name.isidentifier()):
                raise TemplateError(f"{where}: {{{name}}} is not x-displayable in the schema of its event")
