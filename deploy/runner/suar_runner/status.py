"""The table of processes that an operator looks at."""

import contextlib
import json
import time
from typing import Any

import psutil

from suar_cli.hints import command
from suar_operator.events.publication import line_of_instance
from suar_operator.folder import DataFolder

STATE_WORDS = {
    "WAITING": "menunggu",
    "STARTING": "mulai",
    "READY": "siap",
    "BACKING_OFF": "menunggu ulang",
    "STOPPING": "berhenti …",
    "STOPPED": "berhenti",
    "FAILED": "gagal",
}
PHASE_WORDS = {"starting": "sedang mulai", "ready": "berjalan", "stopping": "sedang berhenti", "stopped": "berhenti"}
EXIT_UP, EXIT_UNWELL, EXIT_DOWN = 0, 1, 3
MEGABYTE = 1024 * 1024
HEADINGS = ("proses", "keadaan", "pid", "diulang", "memori", "sejak")


def describe(folder: DataFolder) -> tuple[str, int]:
    """The status as text, and the exit code: 0 all well, 1 something is not, 3 not running."""
    holder = folder.holder()
    status = _read(folder)
    if holder is None:
        return _not_running(folder), EXIT_DOWN
    phase = PHASE_WORDS.get(status.get("phase", ""), "?")
    rows = [_row(entry) for entry in status.get("processes", [])]
    total = sum(memory for *_cells, memory in rows)
    lines = [
        f"Suar {phase} di {status.get('base_url', '?')} (mode {status.get('mode', '?')})",
        f"folder data {folder.path}, pengelola pid {holder}, memori {total / MEGABYTE:.0f} MB",
        "",
        *_table([HEADINGS, *(cells for cells, _memory in rows)]),
    ]
    if status.get("phase") == "ready" and (line := line_of_instance(folder)):
        lines += ["", line]
    well = status.get("phase") == "ready" and all(e["state"] == "READY" for e in status.get("processes", []))
    return "\n".join(lines), EXIT_UP if well else EXIT_UNWELL


def _not_running(folder: DataFolder) -> str:
    start = command("up", "--data", folder.path)
    if folder.is_damaged:
        return (
            f"Tidak berjalan, dan isi folder data {folder.path} tidak dikenal: {folder.state_file.name} hilang atau "
            f"rusak. Buat ulang dari awal (isinya dihapus): {start} --reset"
        )
    if folder.is_unfinished:
        return (
            f"Tidak berjalan; folder data {folder.path} belum selesai dibuat dan belum berisi data. "
            f"Buat dari awal: {start} (sama dengan --reset)"
        )
    return f"Tidak berjalan (folder data {folder.path}). Jalankan dengan: {start}"


def memory_of(pid: int) -> int:
    """Bytes that a process and its children take, shared pages counted by their share where the system counts them."""
    total = 0
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                info = one.memory_full_info()
                total += getattr(info, "pss", info.rss)
    return total


def _row(entry: dict[str, Any]) -> tuple[tuple[str, ...], int]:
    memory = memory_of(entry["pid"]) if entry.get("pid") else 0
    cells = (
        entry["name"],
        STATE_WORDS.get(entry["state"], entry["state"]),
        str(entry["pid"] or "-"),
        str(entry["restarts"]),
        f"{memory / MEGABYTE:.0f} MB" if memory else "-",
        _ago(time.time() - entry["since"]),
    )
    return cells, memory


def _ago(seconds: float) -> str:
    for size, word in ((86400, "hari"), (3600, "jam"), (60, "menit")):
        if seconds >= size:
            return f"{seconds / size:.0f} {word} lalu"
    return f"{max(0, seconds):.0f} detik lalu"


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _read(folder: DataFolder) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(folder.status_file.read_text())
    except (OSError, ValueError):
        return {}
    return found
