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


def keep_directory(consumers: Consumers, hooks: Hooks | None = None) -> None:
    """Keep what personnel publishes of time in the tables of the directory.

    A batch of events is written in one round of statements just before its commit; the hooks are called then.
    """
    called = hooks or Hooks()

    def write(tx: Transaction, received: list[tuple[Received, Causation]]) -> None:
        causations = {one.employee_id: causation for one, causation in received if isinstance(one, Timeline)}
        write_received(tx, [one for one, _ in received], called, causations)

    for name, kind in KEPT.items():
        _keep(consumers, name, kind, write)


def _keep(
    consumers: Consumers,
    event_name: str,
    kind: type[Received],
    write: Callable[[Transaction, list[tuple[Received, Causation]]], None],
) -> None:
    @consumers.on("personnel", event_name, 1)
    def on_changed(tx: Transaction, event: Event) -> None:
        tx.before_commit(write, (event.read(kind), current_causation()))
