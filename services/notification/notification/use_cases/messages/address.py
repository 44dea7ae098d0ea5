"""Find out to whom notices go: for all of a batch at once, and by how people stood to each other on the day of each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from chassis.clock import today_in
from chassis.unit_of_work import Transaction
from directory.answers import Answers, NotKnownYet
from directory.questions import leads_on_each, reviewers_on, superiors_on, units_on
from notification.domain.message import Trigger
from notification.domain.templates import (
    EVERYONE,
    ROLE_OF,
    Audience,
    Template,
    recipient_of_employee,
    recipient_of_role,
)
from notification.persistence.people import agency_of

Asked = Mapping[tuple[Audience, date], Collection[UUID]]
_SUBJECT = {Audience.APPRAISER: "employee_id", Audience.REVIEWER: "employee_id", Audience.UNIT_LEADER: "unit_id"}
_NAMED_BY = {Audience.APPRAISER: "appraiser_id", Audience.REVIEWER: "reviewer_id"}


class Addressees:
    """To whom notices go. Who stands in for an official on that day, with this duty, gets what the official gets."""

    def __init__(self, tx: Transaction, notices: Sequence[tuple[Template, Trigger]]) -> None:
        self._zone = agency_of(tx).time_zone
        asked: defaultdict[tuple[Audience, date], set[UUID]] = defaultdict(set)
        for template, trigger in notices:
            subject = trigger.id_of(_SUBJECT.get(template.to, ""))
            if subject is not None:
                asked[template.to, self._day(trigger)].add(subject)
        self._answers = {key: _answers(tx, *key, subjects) for key, subjects in asked.items()}

    def of(self, audience: Audience, trigger: Trigger) -> tuple[str, ...]:
        """Return whom a message goes to; nobody where the event names nobody. Raise NotKnownYet."""
        match audience:
            case Audience.HR | Audience.OPERATOR | Audience.INSPECTOR:
                return (recipient_of_role(ROLE_OF[audience]),)
            case Audience.EVERYONE:
                return (EVERYONE,)
            case Audience.UNIT_LEADER | Audience.APPRAISER | Audience.REVIEWER:
                return _people(*self._officials(audience, trigger))
            case _:
                return _people(trigger.id_of(f"{audience.value.lower()}_id"))

    def _officials(self, audience: Audience, trigger: Trigger) -> tuple[UUID, ...]:
        """Return the official, whom the event itself may name, and who stands in for them."""
        subject, named_by = trigger.id_of(_SUBJECT[audience]), _NAMED_BY.get(audience, "")
        answers = self._answers.get((audience, self._day(trigger)), Answers({}, {}))
        if named_by in trigger.data:
            named = trigger.id_of(named_by)
            found = answers.known.get(subject, ()) if subject else ()
            return found if named in found[:1] else (named,) if named else ()
        return answers.of(subject) if subject else ()

    def _day(self, trigger: Trigger) -> date:
        return today_in(trigger.time, self._zone)


def _people(*people: UUID | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(recipient_of_employee(one) for one in people if one is not None))


def _answers(tx: Transaction, audience: Audience, day: date, subjects: Collection[UUID]) -> Answers[tuple[UUID, ...]]:
    """Return the official of each person or unit on a day, followed by who stands in for them."""
    if audience is Audience.UNIT_LEADER:
        return _leaders(tx, subjects, day)
    found = (superiors_on if audience is Audience.APPRAISER else reviewers_on)(tx, subjects, day)
    known = {one: (duty.holder_id, duty.superior_id) if duty else () for one, duty in found.known.items()}
    return Answers(known, found.unknown)


def _leaders(tx: Transaction, units: Collection[UUID], day: date) -> Answers[tuple[UUID, ...]]:
    found = units_on(tx, units, day)
    leaders = {unit_id: unit.leader_id for unit_id, unit in found.known.items() if unit and unit.leader_id}
    led = leads_on_each(tx, leaders.values(), day).known
    known = {}
    for unit_id in found.known:
        leader = leaders.get(unit_id)
        substitutes = [one.substitute_id for one in led.get(leader, ()) if one.unit_id == unit_id] if leader else []
        known[unit_id] = tuple(one for one in (leader, *substitutes) if one is not None)
    return Answers(known, found.unknown)


def awaited_by(audience: Audience, unknown: NotKnownYet) -> str:
    """Return the key of whoever has to arrive before a message can be addressed."""
    return unit_key(unknown.missing) if audience is Audience.UNIT_LEADER else superiors_key(unknown.missing)


def superiors_key(employee_id: UUID | str) -> str:
    return f"above:{employee_id}"


def unit_key(unit_id: UUID | str) -> str:
    return f"unit:{unit_id}"
