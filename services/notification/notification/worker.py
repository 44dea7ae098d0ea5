"""The worker: hears all events, places them in the feed, sends e-mail, calls subscribers."""

import threading
from dataclasses import dataclass

from chassis.db.listen import Listener
from chassis.observability.logging import get_logger
from chassis.unit_of_work import UnitOfWork
from chassis.wiring import make_unit_of_work
from chassis.worker import Worker
from notification.clients.smtp import ServerAway
from notification.consumers import consumers
from notification.persistence import emails, feed, webhook_queue
from notification.persistence.retention import settled_deliveries
from notification.persistence.template_files import template_book, topics
from notification.settings import Settings
from notification.timers import timers
from notification.use_cases.deliver_emails import SERVER_REST_SECONDS, PostOffice, deliver_emails
from notification.use_cases.dispatch_webhooks import Dispatcher
from notification.use_cases.outside import make_outside
from notification.use_cases.sequence_feed import HELD_PAUSE_SECONDS, sequence_everything

log = get_logger()
POLL_SECONDS = 1.0


@dataclass
class Loops:
    """The three loops this service adds to a worker; each wakes by NOTIFY, with a poll as the safety net."""

    work: UnitOfWork
    office: PostOffice
    dispatcher: Dispatcher

    def feed(self, stop: threading.Event) -> None:
        listener = Listener(self.work.database.engine, feed.WAKE_CHANNEL)
        try:
            while not stop.is_set():
                listener.open()
                if sequence_everything(self.work, stop):
                    continue
                if feed.agencies_waiting(self.work.database.engine):
                    stop.wait(HELD_PAUSE_SECONDS)
                else:
                    listener.wait(POLL_SECONDS, stop)
        finally:
            listener.close()

    def email(self, stop: threading.Event) -> None:
        listener = Listener(self.work.database.engine, emails.WAKE_CHANNEL)
        failures = 0
        try:
            while not stop.is_set():
                listener.open()
                try:
                    sent = deliver_emails(self.work, self.office)
                    failures = 0
                except ServerAway as away:
                    rest = SERVER_REST_SECONDS[min(failures, len(SERVER_REST_SECONDS) - 1)]
                    failures += 1
                    log.warning("mail_server_away", error=str(away), retry_in=rest)
                    stop.wait(rest)
                    continue
                if not sent:
                    listener.wait(POLL_SECONDS, stop)
        finally:
            listener.close()

    def webhooks(self, stop: threading.Event) -> None:
        listener = Listener(self.work.database.engine, webhook_queue.WAKE_CHANNEL)

        def pause(halt: threading.Event) -> None:
            listener.wait(POLL_SECONDS, halt)

        try:
            listener.open()
            self.dispatcher.run(stop, pause)
        finally:
            listener.close()


def create_worker(settings: Settings) -> Worker:
    topics()
    template_book(settings.contracts_dir)
    work = make_unit_of_work(settings, process="worker")
    outside = make_outside(
        keys=settings.sealing_keys, reach=settings.reach, ca_file=settings.webhook_ca_file or None,
        patience_days=settings.webhook_patience_days, exchange=f"{settings.bus_namespace}.events",
    )  # fmt: skip
    loops = Loops(work, PostOffice(settings.smtp, settings.letterhead), Dispatcher(work, outside))
    return Worker(
        settings, consumers, timers, work=work,
        loops=[("feed", loops.feed), ("email", loops.email), ("webhooks", loops.webhooks)],
        retention_rules=settled_deliveries(settings.deliveries_retention_days),
    )  # fmt: skip
