"""`suar audit …`: the heads of the audit chains, and whether the chains match checkpoints stored elsewhere."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from chassis.audit import (
    CHECKPOINT_EVENT,
    ChainCheck,
    ChainSegment,
    read_checkpoints,
    verify_chain,
)
from suar_cli.errors import RunnerError
from suar_cli.hints import with_cause
from suar_operator.events.formatting import count, table
from suar_operator.events.operator_client import OperatorClient
from suar_operator.services import OWNERS

WHOLE, BROKEN = 0, 1


def heads(client: OperatorClient, services: Sequence[str], out: Path | None) -> str:
    """Return the newest sealed row of each chain, one line of JSON each, or append them to `out`."""
    lines = [
        json.dumps({"timestamp": datetime.now(UTC).isoformat(), "event": CHECKPOINT_EVENT, "service": service, **head})
        for service in services
        for head in client.get(service, "/audit/heads")["items"]
    ]
    if out is None:
        return "\n".join(lines)
    try:
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise RunnerError(f"--out: {out} tidak dapat ditulisi ({error.strerror}).") from error
    return f"{count(len(lines))} ujung jejak audit ditambahkan ke {out}. Simpan di luar mesin ini."


def check(
    client: OperatorClient, services: Sequence[str], checkpoints: Path | None, *, as_json: bool
) -> tuple[str, int]:
    """Verify every chain; the code is BROKEN when one was changed or cut off."""
    entries = _lines(checkpoints)
    found = [(service, result) for service in services for result in _check_service(client, service, entries)]
    code = BROKEN if any(result.broken_at for _, result in found) else WHOLE
    if as_json:
        return json.dumps([{"service": service, **asdict(result)} for service, result in found], indent=1), code
    rows = [(service, one.agency_id, count(one.rows), _state(one)) for service, one in found]
    lines = table(("layanan", "instansi", "baris utuh", "keadaan"), rows, frozenset({2}))
    return "\n".join(lines), code


def _check_service(client: OperatorClient, service: str, lines: Sequence[str]) -> list[ChainCheck]:
    def verify(agency: str, after: int, limit: int) -> ChainSegment:
        return ChainSegment(**client.get(service, "/audit/verify", agency=agency, after=after, limit=limit))

    checkpoints = read_checkpoints(lines, service)
    agencies: Iterable[str] = {
        *checkpoints,
        *(head["agency_id"] for head in client.get(service, "/audit/heads")["items"]),
    }
    return [verify_chain(verify, agency, checkpoints.get(agency, {})) for agency in sorted(agencies)]


def _lines(checkpoints: Path | None) -> list[str]:
    if checkpoints is None:
        return []
    try:
        lines = checkpoints.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RunnerError(with_cause(f"--checkpoints: {checkpoints} tidak dapat dibaca.", error)) from error
    if not any(read_checkpoints(lines, service) for service in OWNERS):
        raise RunnerError(
            f"--checkpoints: {checkpoints} tidak berisi ujung jejak audit; buat dengan `./suar audit heads --out`."
        )
    return lines


def _state(result: ChainCheck) -> str:
    if result.broken_at is None:
        return "utuh"
    return f"RUSAK pada baris {count(result.broken_at)}: diubah, hilang, atau berbeda dari yang disimpan"
