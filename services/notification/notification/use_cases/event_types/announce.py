"""Types of event end: notify HR and the operator of who takes them, and the subscribers themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from chassis import audit
from chassis.ids import new_id
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from notification.domain.email import EmailKind
from notification.domain.event_type import RETIRED, Catalogue, EventTypeNotice, SubscriberView
from notification.domain.message import Trigger
from notification.domain.subscription import Subscription
from notification.domain.templates import Text
from notification.persistence import webhook_queue
from notification.persistence.emails import NewEmail, enqueue
from notification.persistence.event_types import event_catalogue
from notification.persistence.subscribers import lock_takers, subscribers_of
from notification.use_cases.messages.notify import notify_people

JOB = "announce_ending_types"


@dataclass(frozen=True)
class AnnounceParams:
    event_types: list[str]


def announce_ending_types_step(tx: Transaction, job: Job) -> Step:
    """Notify whomever it concerns in one agency. What ends a subscription to nothing else is its last delivery."""
    names, catalogue = job.params_as(AnnounceParams).event_types, event_catalogue(tx.contracts.folder)
    granted: dict[UUID, list[str]] = {}
    subscribers: dict[UUID, SubscriberView] = {}
    for name in names:
        for one in subscribers_of(tx, [name]):
            subscribers[one.client_id] = one
            granted.setdefault(one.client_id, []).append(name)
    for client_id, subscriber in subscribers.items():
        _notify_officers(tx, subscriber, catalogue.notices(granted[client_id]))
    takers = lock_takers(tx, names)
    for taker in takers:
        _notify_contact(tx, taker, catalogue, names)
        if taker.is_active:
            webhook_queue.put(tx, taker.subscription_id)
    audit.record(tx, "system", "announce_ending_types", "event_type", ",".join(names), subscribers=len(subscribers))
    return Step(finished=True, processed=len(subscribers) + len(takers))


def _notify_officers(tx: Transaction, subscriber: SubscriberView, notices: Collection[EventTypeNotice]) -> None:
    if notices:
        data = {"client_id": subscriber.client_id, "subscriber_name": subscriber.subscriber_name, **_words(notices)}
        notify_people(tx, Trigger("notification.EventTypesEnding.v1", new_id(), tx.now, data))


def _notify_contact(tx: Transaction, taker: Subscription, catalogue: Catalogue, names: Collection[str]) -> None:
    notices = catalogue.notices(name for name in taker.event_types if name in names)
    if notices and taker.contact_email:
        body = (
            "Langganan data Anda ke {host} memuat jenis peristiwa yang {ending}: {event_types}. Penggantinya: "
            "{successors}. Pastikan izin Anda mencakup penggantinya, lalu ubah langganan melalui API."
        )
        text = Text(
            title="Jenis peristiwa dalam langganan Anda dihentikan",
            body=body.format(host=taker.host, **_words(notices)),
            link=f"/langganan/{taker.subscription_id}",
        )
        enqueue(tx, [NewEmail(f"client:{taker.client_id}", [text], EmailKind.NOTICE, taker.contact_email)])


def _words(notices: Collection[EventTypeNotice]) -> dict[str, str]:
    is_over = all(one.lifecycle is RETIRED for one in notices)
    last_days = ", ".join(sorted({one.sunset.isoformat() for one in notices}))
    return {
        "event_types": ", ".join(one.event_type for one in notices),
        "successors": ", ".join(dict.fromkeys(one.successor for one in notices)),
        "ending": "sudah tidak diterbitkan" if is_over else f"dihentikan mulai {last_days}",
    }
