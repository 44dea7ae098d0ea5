"""The worker: handles all events, places them in the feed, sends e-mail, calls subscribers."""

from chassis.wiring import make_unit_of_work
from chassis.worker import Worker
from notification.consumers import consumers
from notification.jobs import jobs
from notification.loops import Dispatcher, Loops
from notification.persistence.retention import settled_deliveries
from notification.persistence.template_files import template_book, topics
from notification.settings import Settings
from notification.timers import timers
from notification.use_cases.emails.deliver import PostOffice


def create_worker(settings: Settings) -> Worker:
    topics()
    template_book(settings.contracts_dir)
    work = make_unit_of_work(settings, process="worker")
    office = PostOffice(settings.smtp, settings.letterhead)
    loops = Loops(work, office, Dispatcher(work, settings.make_outbound_clients()))
    return Worker(
        settings, consumers, timers, jobs, work=work,
        loops=[("feed", loops.feed), ("email", loops.email), ("webhooks", loops.webhooks)],
        retention_rules=settled_deliveries(settings.deliveries_retention_days),
    )  # fmt: skip
