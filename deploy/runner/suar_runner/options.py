"""What an operator may decide about an instance."""

from dataclasses import dataclass, field
from pathlib import Path

MODES = ("production", "demo", "test")
DEFAULT_PORT = 8080


@dataclass(frozen=True)
class Options:
    """One instance: its folder, its address, its servers, and the settings handed to its processes."""

    data: Path
    port: int = DEFAULT_PORT
    listen: str = "127.0.0.1"
    mode: str = "production"
    database: str | None = None
    bus: str | None = None
    smtp: str | None = None
    clock_file: Path | None = None
    api_workers: int = 2
    reset: bool = False
    temporary: bool = False
    environment: dict[str, str] = field(default_factory=dict)

    def arguments(self) -> list[str]:
        """The same options as a command line, for a runner in a process of its own."""
        words = ["--data", str(self.data), "--port", str(self.port), "--listen", self.listen, "--mode", self.mode]
        words += ["--api-workers", str(self.api_workers)]
        for name, value in (
            ("database", self.database),
            ("bus", self.bus),
            ("smtp", self.smtp),
            ("clock-file", self.clock_file),
        ):
            if value is not None:
                words += [f"--{name}", str(value)]
        for name, value in self.environment.items():
            words += ["--set", f"{name}={value}"]
        return words + ["--reset"] * self.reset + ["--temporary"] * self.temporary
