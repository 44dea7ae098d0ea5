"""The end of a process's log as an operator reads it: a line of JSON becomes a sentence, a trace its last lines."""

import json
from pathlib import Path

READ_BYTES = 256 * 1024
LONGEST_LINE = 300
LINES_OF_A_TRACE = 3
# What SQLAlchemy and Python put around the line that says what is wrong.
NO_REASON = ("Traceback ", "The above exception", "During handling", "[SQL:", "[parameters:", "(Background on")
REASON_KEYS = ("message", "error", "reason")


def log_tail(log: Path, lines: int) -> str:
    """The last lines of a log, readable; nothing when there is no log."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - READ_BYTES))
            text = file.read().decode(errors="replace")
    except OSError:
        return ""
    readable = [part for line in text.splitlines()[-lines:] for part in _readable(line)]
    return "\n".join(part[:LONGEST_LINE] for part in readable[-lines:])


def _readable(line: str) -> list[str]:
    try:
        entry = json.loads(line)
    except ValueError:
        return [line]
    if not isinstance(entry, dict) or "event" not in entry:
        return [line]
    reason = " ".join(str(entry[key]) for key in REASON_KEYS if entry.get(key))
    return [
        f"{entry['event']}: {reason}" if reason else str(entry["event"]),
        *_reasons(str(entry.get("exception", ""))),
    ]


def _reasons(trace: str) -> list[str]:
    """What a trace says in the end, without where in the code it came about."""
    causes = [line for line in trace.splitlines() if line.strip() and not line.startswith((" ", *NO_REASON))]
    return [f"  {line}" for line in causes[-LINES_OF_A_TRACE:]]
