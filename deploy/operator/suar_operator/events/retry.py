"""What an operator does: try again, mend, give up, put away, say again. The API audits each act."""

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
from suar_operator.events.operator_client import Door, Refused

ARCHIVED_AT_ONCE = 1000
NOT_FOUND = 404
Say = Callable[[str], None]


@dataclass(frozen=True)
class Selection:
    """Which held events are meant: by id, one group, or all groups of a service."""

    service: str
    ids: Sequence[str] = ()
    producer: str | None = None
    name: str | None = None
    cause: str | None = None
    everything: bool = False

    def groups(self, door: Door) -> list[dict[str, str]]:
        """The parked groups that fit."""
        asked = {"producer": self.producer, "name": self.name, "cause": self.cause}
        wanted = {key: value for key, value in asked.items() if value is not None}
        return [
            {key: group[key] for key in ("producer", "name", "cause")}
            for group in door.get(self.service, "/parked")["items"]
            if all(group[key] == value for key, value in wanted.items())
        ]


def replay(door: Door, chosen: Selection, say: Say) -> int:
    """Try held events again now; gives how many."""
    affected = _each(door, chosen, "replay", {}, say)
    say(
        f"{count(affected)} peristiwa akan dicoba lagi oleh {chosen.service} sekarang juga."
        if affected
        else f"Tidak ada yang diulangi: pilihan itu tidak menemukan peristiwa tertahan di {chosen.service}."
    )
    return affected


def discard(door: Door, chosen: Selection, reason: str, say: Say) -> int:
    """Give held events up, for a reason; they are kept, and can be replayed. Gives how many."""
    affected = _each(door, chosen, "discard", {"reason": reason}, say)
    say(
        f"{count(affected)} peristiwa dibuang di {chosen.service}; tersimpan, dan dapat diulangi."
        if affected
        else f"Tidak ada yang dibuang: pilihan itu tidak menemukan peristiwa tertahan di {chosen.service}."
    )
    return affected


def _each(door: Door, chosen: Selection, verb: str, body: Mapping[str, str], say: Say) -> int:
    affected = 0
    for event_id in chosen.ids:
        try:
            affected += door.post(chosen.service, f"/held/{event_id}/{verb}", dict(body))["affected"]
        except Refused as error:
            if error.status != NOT_FOUND:
                raise
            say(f"{event_id} tidak tertahan di {chosen.service}.")
    if not chosen.ids:
        for group in chosen.groups(door):
            affected += door.post(chosen.service, f"/parked/{verb}", {**group, **body})["affected"]
    return affected


def edit(door: Door, service: str, event_id: str, change: Mapping[str, Any], reason: str) -> dict[str, Any]:
    """Change fields of a parked event's data, for a reason; gives the data as they are now."""
    before = door.get(service, f"/held/{event_id}")["body"]["data"]
    data = {**before, **change}
    door.post(service, f"/held/{event_id}/edit", {"data": data, "reason": reason})
    return data


def archive(door: Door, service: str, out: Path, before: datetime | None, say: Say) -> int:
    """Write discarded events to a file, then take them off the service; a run that is cut loses nothing.

    Gives how many.
    """
    meant = [
        event["event_id"]
        for event in door.pages(service, "/held", state="DISCARDED")
        if before is None or datetime.fromisoformat(event["discarded_at"]) < before
    ]
    if not meant:
        say(f"Tidak ada peristiwa yang dibuang di {service} untuk diarsipkan.")
        return 0
    try:
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
            for event_id in meant:
                whole = door.get(service, f"/held/{event_id}")
                file.write(json.dumps({"service": service, **whole}, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise RunnerError(f"--out: {out} tidak dapat ditulisi ({error.strerror}).") from error
    put_away = 0
    for start in range(0, len(meant), ARCHIVED_AT_ONCE):
        part = {"ids": meant[start : start + ARCHIVED_AT_ONCE]}
        put_away += door.post(service, "/held/archive", part)["affected"]
    say(f"{count(put_away)} peristiwa diarsipkan ke {out}.")
    return put_away


def say_again(
    door: Door, producer: str, consumer: str, since: datetime, *, wait_seconds: float, say: Say
) -> dict[str, Any]:
    """Have a producer's history said again to one consumer; waits up to `wait_seconds` for its end."""
    asked: dict[str, Any] = door.post(producer, "/replays", {"consumer": consumer, "since": since.isoformat()})
    say(
        f"Riwayat {producer} sejak {local(asked['since'])} dikatakan lagi kepada {consumer}; yang sudah diterima tetap."
    )
    deadline = time.monotonic() + wait_seconds
    while asked["finished_at"] is None and time.monotonic() < deadline:
        time.sleep(0.2)
        asked = next(one for one in door.get(producer, "/replays")["items"] if one["id"] == asked["id"])
    if asked["finished_at"]:
        say(f"Selesai: {count(asked['sent'])} peristiwa terkirim.")
    elif wait_seconds:
        say(f"Masih berjalan ({count(asked['sent'])} terkirim). Ikuti dengan: ./suar events replays {producer}")
    return asked
