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

    def arguments(self, hidden: Path) -> list[str]:
        """The same options as a command line, for a runner in a process of its own.

        What may hold a password stands in files of the folder `hidden`, which the runner reads as it starts.
        """
        words = ["--data", str(self.data), "--port", str(self.port), "--listen", self.listen, "--mode", self.mode]
        words += ["--api-workers", str(self.api_workers)]
        if self.clock_file is not None:
            words += ["--clock-file", str(self.clock_file)]
        for name, value in (("database", self.database), ("bus", self.bus), ("smtp", self.smtp)):
            if value is not None:
                words += [f"--{name}", _hide(hidden / name, value)]
        for name, value in self.environment.items():
            words += ["--set", _hide(hidden / f"set-{name}", f"{name}={value}")]
        return words + ["--reset"] * self.reset + ["--temporary"] * self.temporary


def _hide(file: Path, value: str) -> str:
    """Write a value to a file of its owner's only; return the word that stands for it."""
    file.touch(mode=0o600)
    file.write_text(value)
    return f"@{file}"
