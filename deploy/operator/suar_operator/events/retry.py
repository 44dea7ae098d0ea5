"""The changing commands of `suar events`: retry, edit, discard, archive, replay. The API audits each of them."""

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from suar_cli.errors import RunnerError
from suar_operator.events.formatting import count, local
from suar_operator.events.operator_client import OperatorClient, RequestRefused

ARCHIVE_BATCH = 1000
NOT_FOUND = 404
Print = Callable[[str], None]


@dataclass(frozen=True)
class Selection:
    """Which failed events are meant: by id, one group, or all parked groups of a service."""

    service: str
    ids: Sequence[str] = ()
    producer: str | None = None
    name: str | None = None
    cause: str | None = None
    everything: bool = False

    def groups(self, client: OperatorClient) -> list[dict[str, str]]:
        """Return the parked groups that match."""
        named = {"producer": self.producer, "name": self.name, "cause": self.cause}
        wanted = {key: value for key, value in named.items() if value is not None}
        return [
            {key: group[key] for key in ("producer", "name", "cause")}
            for group in client.get(self.service, "/events/parked")["items"]
            if all(group[key] == value for key, value in wanted.items())
        ]


def retry(client: OperatorClient, chosen: Selection, show: Print) -> int:
    """Retry failed events now and return their number."""
    affected = _each(client, chosen, "retry", {}, show)
    show(
        f"{count(affected)} peristiwa akan dicoba lagi oleh {chosen.service} sekarang juga."
        if affected
        else f"Tidak ada yang dicoba lagi: pilihan itu tidak menemukan peristiwa gagal di {chosen.service}."
    )
    return affected


def discard(client: OperatorClient, chosen: Selection, reason: str, show: Print) -> int:
    """Discard failed events, for a reason, and return their number; they can still be retried."""
    affected = _each(client, chosen, "discard", {"reason": reason}, show)
    show(
        f"{count(affected)} peristiwa dibuang di {chosen.service}; tersimpan, dan dapat dicoba lagi."
        if affected
        else f"Tidak ada yang dibuang: pilihan itu tidak menemukan peristiwa gagal di {chosen.service}."
    )
    return affected


def _each(client: OperatorClient, chosen: Selection, verb: str, body: Mapping[str, str], show: Print) -> int:
    affected = 0
    for event_id in chosen.ids:
        try:
            affected += client.post(chosen.service, f"/events/failed/{event_id}/{verb}", dict(body))["affected"]
        except RequestRefused as error:
            if error.status != NOT_FOUND:
                raise
            show(f"{event_id} tidak ada di antara peristiwa gagal {chosen.service}.")
    if not chosen.ids:
        for group in chosen.groups(client):
            affected += client.post(chosen.service, f"/events/parked/{verb}", {**group, **body})["affected"]
    return affected


def edit(client: OperatorClient, service: str, event_id: str, change: Mapping[str, Any], reason: str) -> dict[str, Any]:
    """Change fields of a parked event's data, for a reason, and return the new data."""
    before = client.get(service, f"/events/failed/{event_id}")["body"]["data"]
    data = {**before, **change}
    client.post(service, f"/events/failed/{event_id}/edit", {"data": data, "reason": reason})
    return data


def archive(client: OperatorClient, service: str, out: Path, before: datetime | None, show: Print) -> int:
    """Write discarded events to a file, delete them from the service, and return their number.

    They are deleted only after the file is on disk, so that an interrupted run loses nothing.
    """
    discarded = [
        event["event_id"]
        for event in client.pages(service, "/events/failed", state="DISCARDED")
        if before is None or datetime.fromisoformat(event["discarded_at"]) < before
    ]
    if not discarded:
        show(f"Tidak ada peristiwa yang dibuang di {service} untuk diarsipkan.")
        return 0
    try:
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
            for event_id in discarded:
                whole = client.get(service, f"/events/failed/{event_id}")
                file.write(json.dumps({"service": service, **whole}, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise RunnerError(f"--out: {out} tidak dapat ditulisi ({error.strerror}).") from error
    archived = 0
    for start in range(0, len(discarded), ARCHIVE_BATCH):
        part = {"ids": discarded[start : start + ARCHIVE_BATCH]}
        archived += client.post(service, "/events/failed/archive", part)["affected"]
    show(f"{count(archived)} peristiwa diarsipkan ke {out}.")
    return archived


def replay(
    client: OperatorClient, producer: str, consumer: str, since: datetime, *, wait_seconds: float, show: Print
) -> dict[str, Any]:
    """Request a replay of a producer's history to one consumer and wait up to `wait_seconds` for its end."""
    requested: dict[str, Any] = client.post(
        producer, "/events/replays", {"consumer": consumer, "since": since.isoformat()}
    )
    show(
        f"Riwayat {producer} sejak {local(requested['since'])} dikirim ulang kepada {consumer}; "
        "yang sudah berlaku di sana tidak berubah."
    )
    deadline = time.monotonic() + wait_seconds
    while requested["finished_at"] is None and time.monotonic() < deadline:
        time.sleep(0.2)
        requested = next(
            one for one in client.get(producer, "/events/replays")["items"] if one["id"] == requested["id"]
        )
    if requested["finished_at"]:
        show(f"Selesai: {count(requested['sent'])} peristiwa terkirim.")
    elif wait_seconds:
        show(f"Masih berjalan ({count(requested['sent'])} terkirim). Ikuti dengan: ./suar events replays {producer}")
    return requested
