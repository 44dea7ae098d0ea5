"""Reading the logs of an instance."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from suar_cli.errors import RunnerError
from suar_cli.hints import command
from suar_operator.folder import DataFolder

LINES = 40
FOLLOW_EVERY = 0.3


def show(
    folder: DataFolder, name: str | None, write: Callable[[str], None], *, follow: bool, lines: int = LINES
) -> None:
    """The last lines of one log, or of all with their names in front; on demand whatever comes after."""
    files = _files(folder, name)
    labelled = len(files) > 1
    positions = {}
    for file in files:
        text = file.read_text(encoding="utf-8", errors="replace").splitlines()
        positions[file] = file.stat().st_size
        for line in text[-(lines if not labelled else max(1, lines // 8)) :]:
            write(f"{file.stem}: {line}" if labelled else line)
    while follow:
        with contextlib.suppress(KeyboardInterrupt):
            time.sleep(FOLLOW_EVERY)
            for file in _files(folder, name):
                positions[file] = _tail(file, positions.get(file, 0), write, label=file.stem if labelled else "")
            continue
        return


def lines_about(folder: DataFolder, request_id: str, *, most: int = 5) -> list[str]:
    """The last lines of all logs that name this request, each with its log's name in front."""
    if not request_id:
        return []
    found = []
    for file in _files(folder, None):
        with file.open(encoding="utf-8", errors="replace") as lines:
            found += [f"{file.stem}: {line.rstrip()}" for line in lines if request_id in line]
    return found[-most:]


def _files(folder: DataFolder, name: str | None) -> list[Path]:
    known = sorted(folder.logs.glob("*.log")) if folder.logs.exists() else []
    if not known:
        raise RunnerError(
            f"Belum ada catatan di {folder.logs}. Jalankan dahulu: {command('up', '--data', folder.path)}"
        )
    if name is None:
        return known
    chosen = [file for file in known if file.stem == name] or [
        file for file in known if file.stem.startswith(f"{name}-")
    ]
    if not chosen:
        raise RunnerError(f"Tidak ada catatan bernama {name!r}. Yang ada: {', '.join(file.stem for file in known)}.")
    return chosen


def _tail(file: Path, position: int, write: Callable[[str], None], *, label: str) -> int:
    size = file.stat().st_size
    if size < position:
        position = 0
    if size == position:
        return position
    with file.open("rb") as handle:
        handle.seek(position)
        chunk = handle.read()
    complete = chunk.rfind(b"\n") + 1
    for line in chunk[:complete].decode(errors="replace").splitlines():
        write(f"{label}: {line}" if label else line)
    return position + complete
