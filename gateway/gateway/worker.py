"""Identity's worker: lets accounts follow people's time, and forgets what is old. The API needs no bus."""

import threading

from chassis.wiring import make_unit_of_work
from chassis.worker import Worker
from gateway.consumers import consumers
from gateway.dependencies import make_identity_services
from gateway.jobs import jobs
from gateway.settings import Settings
from gateway.timers import timers
from gateway.use_cases.sessions.purge_expired import purge_expired

PURGE_EVERY_SECONDS = 60.0


def create_worker(settings: Settings) -> Worker:
    work, services = make_unit_of_work(settings, process="worker"), make_identity_services(settings)

    def purge(stop: threading.Event) -> None:
        while not stop.is_set():
            purge_expired(work, services)
            stop.wait(PURGE_EVERY_SECONDS)

    return Worker(settings, consumers, timers, jobs, loops=[("purge", purge)], work=work)
