"""Business time.

Deadlines, timers and the `time` of events follow this clock. Token expiry, back-off and signatures follow the real one.
"""

import json
import os
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    def now(self) -> datetime:
        """Now, aware, in UTC."""
        ...


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FileClock:
    """The real time shifted by an offset that all processes read from one file; for demonstrations and tests only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, int] | None = None
        self._offset = timedelta()
        self._frozen_at: datetime | None = None

    def now(self) -> datetime:
        self._read()
        return self._frozen_at or datetime.now(UTC) + self._offset

    @property
    def turns(self) -> object:
        """Return a value that is another one once the clock has been turned."""
        self._read()
        return self._stamp

    def turn(self, moment: datetime) -> None:
        """Make every process that shares the file believe it is `moment` (aware), and go on from there."""
        self._write({"offset_seconds": (_aware(moment) - datetime.now(UTC)).total_seconds()})

    def freeze(self, moment: datetime) -> None:
        """Make it `moment` (aware) and let it stay so; for tests of deadlines."""
        self._write({"frozen_at": _aware(moment).isoformat()})

    def _write(self, content: dict[str, float | str]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=self.path.parent, delete=False) as handle:
            json.dump(content, handle)
        Path(handle.name).chmod(0o644)
        Path(handle.name).replace(self.path)

    def _read(self) -> None:
        try:
            info = os.stat(self.path)  # noqa: PTH116 - on the path of every request, and a Path costs more
        except FileNotFoundError:
            return
        stamp = (info.st_mtime_ns, info.st_ino)
        if stamp != self._stamp:
            content = json.loads(self.path.read_text())
            frozen = content.get("frozen_at")
            self._frozen_at = datetime.fromisoformat(frozen) if frozen else None
            self._offset = timedelta(seconds=content.get("offset_seconds", 0))
            self._stamp = stamp


def turns_of(clock: Clock) -> object:
    """Return a value that is another one once the clock has been turned; None for a clock that nobody can turn."""
    return (clock.turns or ()) if isinstance(clock, FileClock) else None


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"moment must be aware, got {moment!r}")
    return moment.astimezone(UTC)


def make_clock(clock_file: Path | None) -> Clock:
    """Return the real clock, or the turnable one where a clock file is set (settings refuse that in production)."""
    return FileClock(clock_file) if clock_file else SystemClock()


def today_in(now: datetime, time_zone: str) -> date:
    """The calendar day of `now` (aware) in an IANA zone such as Asia/Jakarta."""
    return now.astimezone(ZoneInfo(time_zone)).date()
