"""The servers of a test run: started once by the main process, handed to the workers of pytest-xdist."""

from contextlib import ExitStack
from typing import Any

from testkit.backends import bus_backend, postgres_backend
from testkit.databases import run_name


class Servers:
    """PostgreSQL and the bus, each started when first asked for. A worker is given those of the main process."""

    def __init__(self, handed_down: dict[str, Any] | None = None) -> None:
        self._known: dict[str, Any] = dict(handed_down or {})
        self._stack = ExitStack()

    @property
    def postgres_url(self) -> str:
        """An administrator's URL of a real PostgreSQL server."""
        if "postgres_url" not in self._known:
            url, kind = self._stack.enter_context(postgres_backend())
            self._known |= {"postgres_url": url, "postgres_backend": kind}
        return str(self._known["postgres_url"])

    @property
    def run(self) -> str:
        """The name of this run, with which the names of its databases begin."""
        if "run" not in self._known:
            self._known["run"] = self._stack.enter_context(run_name(self.postgres_url))
        return str(self._known["run"])

    @property
    def bus_url(self) -> str:
        """A kombu URL of a real bus."""
        if "bus_url" not in self._known:
            url, kind = self._stack.enter_context(bus_backend(self.postgres_url, f"{self.run}_bus"))
            self._known |= {"bus_url": url, "bus_backend": kind}
        return str(self._known["bus_url"])

    def hand_down(self) -> dict[str, Any]:
        """Start everything, for a worker."""
        assert self.run
        assert self.bus_url
        return self._known

    def summary(self) -> list[str]:
        """Say on which servers the tests ran."""
        names = (("PostgreSQL", "postgres_backend"), ("bus", "bus_backend"))
        return [f"{name}: {self._known[key]}" for name, key in names if key in self._known]

    def close(self) -> None:
        """Drop the databases and stop what was started."""
        self._stack.close()
