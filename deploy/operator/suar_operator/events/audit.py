"""`suar audit …`: where the audit trails end, and whether they hold against what was kept elsewhere."""

import json
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from chassis.audit import Stretch, Verdict, read_anchors, verify
from suar_cli.errors import RunnerError
from suar_cli.hints import with_cause
from suar_operator.events.formatting import count, table
from suar_operator.events.operator_client import Door
from suar_operator.services import OWNERS

WHOLE, BROKEN = 0, 1


def heads(door: Door, services: Sequence[str], out: Path | None) -> str:
    """The newest link of each chain, one line of JSON each; added to `out`, or said."""
    lines = [
        json.dumps({"timestamp": datetime.now(UTC).isoformat(), "event": "audit_head", "service": service, **head})
        for service in services
        for head in door.get(service, "/audit")["items"]
    ]
    if out is None:
        return "\n".join(lines)
    try:
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise RunnerError(f"--out: {out} tidak dapat ditulisi ({error.strerror}).") from error
    return f"{count(len(lines))} ujung jejak audit ditambahkan ke {out}. Simpan di luar mesin ini."


def check(door: Door, services: Sequence[str], anchor: Path | None, *, as_json: bool) -> tuple[str, int]:
    """Walk every trail; BROKEN when one was changed or cut off."""
    lines = _lines(anchor)
    found = [(service, verdict) for service in services for verdict in _verdicts(door, service, lines)]
    code = BROKEN if any(verdict.broken for _, verdict in found) else WHOLE
    if as_json:
        return json.dumps([{"service": service, **vars(verdict)} for service, verdict in found], indent=1), code
    rows = [(service, one.agency_id, count(one.rows), _words(one)) for service, one in found]
    said = table(("layanan", "instansi", "baris utuh", "keadaan"), rows, frozenset({2}))
    return "\n".join(said), code


def _verdicts(door: Door, service: str, anchored: Sequence[str]) -> list[Verdict]:
    def step(agency: str, after: int, limit: int) -> Stretch:
        return Stretch(**door.get(service, "/audit/walk", agency=agency, after=after, limit=limit))

    anchors = read_anchors(anchored, service)
    agencies: Iterable[str] = {*anchors, *(head["agency_id"] for head in door.get(service, "/audit")["items"])}
    return [verify(step, agency, anchors.get(agency, {})) for agency in sorted(agencies)]


def _lines(anchor: Path | None) -> list[str]:
    if anchor is None:
        return []
    try:
        lines = anchor.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RunnerError(with_cause(f"--anchor: {anchor} tidak dapat dibaca.", error)) from error
    if not any(read_anchors(lines, service) for service in OWNERS):
        raise RunnerError(f"--anchor: {anchor} tidak berisi ujung jejak audit; buat dengan `./suar audit heads --out`.")
    return lines


def _words(verdict: Verdict) -> str:
    if verdict.broken is None:
        return "utuh"
    return f"RUSAK pada baris {count(verdict.broken)}: diubah, hilang, atau berbeda dari yang disimpan"
