"""Whether a process can serve requests: its dependencies are asked, and each change of their answers is logged once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chassis.db.availability import reason_of
from chassis.observability.logging import get_logger

log = get_logger()
DATABASE = "database"


@dataclass
class Readiness:
    """Dependencies by name, each a callable that raises when its dependency is away."""

    dependencies: Mapping[str, Callable[[], Any]]
    _reasons: dict[str, str] = field(default_factory=dict, init=False)

    def missing(self) -> list[str]:
        """Return the names of the dependencies that are away."""
        reasons = {}
        for name, ask in self.dependencies.items():
            try:
                ask()
            except Exception as error:  # noqa: BLE001 - whatever the reason, the dependency is not there
                reasons[name] = reason_of(error)
        self._log_changes(reasons)
        return list(reasons)

    def _log_changes(self, reasons: dict[str, str]) -> None:
        before, self._reasons = self._reasons, reasons
        for name, reason in reasons.items():
            if before.get(name) != reason:
                event = "database_unavailable" if name == DATABASE else "dependency_unavailable"
                log.error(event, dependency=name, reason=reason)
        for name in before.keys() - reasons.keys():
            log.info("dependency_available", dependency=name)
