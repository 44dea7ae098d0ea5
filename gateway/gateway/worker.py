"""Identity's worker. Identity publishes and consumes no events, so it runs without a bus."""

import threading
from dataclasses import replace

from chassis.consumers import Consumers
from chassis.wiring import make_unit_of_work
from chassis.worker import Worker
from gateway.dependencies import make_identity_services
from gateway.settings import Settings
from gateway.use_cases.sessions.purge_expired import purge_expired

PURGE_EVERY_SECONDS = 60.0


def create_worker(settings: Settings) -> Worker:
    work, services = make_unit_of_work(settings, process="worker"), make_identity_services(settings)

    def purge(stop: threading.Event) -> None:
        while not stop.is_set():
            purge_expired(work, services)
            stop.wait(PURGE_EVERY_SECONDS)

    return Worker(replace(settings, bus_url=""), Consumers(settings.service), loops=[("purge", purge)], work=work)
