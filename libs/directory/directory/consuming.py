"""Keeping the directory: the events of personnel that fill it, in whatever service includes it."""

from collections.abc import Callable

from chassis.bus.envelope import Event
from chassis.causation import Causation, current_causation
from chassis.consumers import Consumers
from chassis.unit_of_work import Transaction
from directory.keeping import Hooks, Received, write_received
from directory.people import Agency
from directory.timelines import ExternalOfficial, Substitution, Timeline, UnitTimeline

KEPT: dict[str, type[Received]] = {
    "EmployeeTimelineChanged": Timeline,
    "OrgUnitTimelineChanged": UnitTimeline,
    "SubstitutionChanged": Substitution,
    "ExternalOfficialChanged": ExternalOfficial,
    "AgencyChanged": Agency,
}


def keep_directory(consumers: Consumers, hooks: Hooks | None = None, *, without_class: bool = False) -> None:
    """Keep what personnel publishes of time in the tables of the directory.

    `without_class`: grade and job class of people are not stored, for a service that has no use for them.
    A batch of events is written in one round of statements just before its commit; the hooks are called then.
    """
    called = hooks or Hooks()

    def write(tx: Transaction, brought: list[tuple[Received, Causation]]) -> None:
        received = [(_needed(one, without_class=without_class), causation) for one, causation in brought]
        causations = {one.employee_id: causation for one, causation in received if isinstance(one, Timeline)}
        write_received(tx, [one for one, _ in received], called, causations)

    for name, kind in KEPT.items():
        _keep(consumers, name, kind, write)


def _needed(received: Received, *, without_class: bool) -> Received:
    return received.without_class() if without_class and isinstance(received, Timeline) else received


def _keep(
    consumers: Consumers,
    event_name: str,
    kind: type[Received],
    write: Callable[[Transaction, list[tuple[Received, Causation]]], None],
) -> None:
    @consumers.on("personnel", event_name, 1)
    def on_changed(tx: Transaction, event: Event) -> None:
        tx.before_commit(write, (event.read(kind), current_causation()))
