"""What an operator looks at: what waits, what is parked and why, one event, what was said."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chassis.bus.contracts import Contracts
from suar_operator.events.formatting import age, count, last_line, local, table
from suar_operator.events.operator_client import Door, DoorClosed, Refused
from suar_operator.services import SERVICES

WELL, UNWELL = 0, 1
NOT_FOUND = 404
HEADINGS = ("layanan", "outbox", "tertua", "antrean", "mati", "ditunda", "tertua", "diparkir", "tertua", "keterangan")
NUMBERS = frozenset({1, 2, 3, 4, 5, 6, 7, 8})
# A relay that lives empties the outbox within a second or two.
OUTBOX_LATE_SECONDS = 60.0


def status(door: Door, contracts: Contracts, services: Sequence[str], *, as_json: bool) -> tuple[str, int]:
    """The table of all that waits; UNWELL when somebody must look."""
    has_queue = {service: bool(contracts.subscriptions(service)) for service in services}
    found: dict[str, dict[str, Any] | None] = {}
    faults = {}
    for service in services:
        try:
            found[service] = door.get(service, "/status")
        except DoorClosed as error:
            found[service], faults[service] = None, str(error)
    remarks = {service: remarks_on(facts, has_queue=has_queue[service]) for service, facts in found.items()}
    code = UNWELL if any(remarks.values()) else WELL
    if as_json:
        return json.dumps({"services": found, "remarks": remarks}, indent=1, ensure_ascii=False), code
    rows = [_row(service, facts, remarks[service], has_queue[service]) for service, facts in found.items()]
    lines = table(HEADINGS, rows, NUMBERS)
    if faults:
        lines += ["", *faults.values()]
    if any(facts and facts["parked"] for facts in found.values()):
        lines += ["", "Lihat sebabnya: ./suar events parked"]
    elif code == WELL:
        lines += ["", "Semua peristiwa berjalan; tidak ada yang diparkir."]
    return "\n".join(lines), code


def remarks_on(facts: dict[str, Any] | None, *, has_queue: bool) -> list[str]:
    """What somebody should look at, in words; nothing when all is well."""
    if facts is None:
        return ["tidak menjawab"]
    checks = (
        (facts["parked"], "ada yang diparkir"),
        ((facts["outbox_age"] or 0) > OUTBOX_LATE_SECONDS, "outbox tertahan"),
        (not facts["bus_answers"], "bus tidak menjawab"),
        (facts["bus_answers"] and has_queue and facts["queue"] is None, "antrean tidak ada di bus"),
        (facts["queue_dead"], "ada pesan mati di broker"),
        (facts["queue_readers"] == 0, "antrean tidak dibaca"),
        (facts["jobs_failed"], f"{facts['jobs_failed']} pekerjaan gagal"),
        (facts["timers_failing"], f"{facts['timers_failing']} pengingat gagal"),
    )
    return [words for is_so, words in checks if is_so]


def _row(service: str, facts: dict[str, Any] | None, remarks: Sequence[str], has_queue: bool) -> tuple[str, ...]:
    note = ", ".join(remarks) or "baik"
    if facts is None:
        return (service, *["-"] * 8, note)
    return (
        service,
        count(facts["outbox"]),
        age(facts["outbox_age"]),
        count(facts["queue"]) if has_queue else "-",
        count(facts["queue_dead"]) if has_queue else "-",
        count(facts["deferred"]),
        age(facts["deferred_age"]),
        count(facts["parked"]),
        age(facts["parked_age"]),
        note,
    )


def parked(door: Door, services: Sequence[str], *, as_json: bool) -> tuple[str, int]:
    """Parked events in groups of one cause, with the latest error."""
    groups = [{"service": one, **group} for one in services for group in door.get(one, "/parked")["items"]]
    code = UNWELL if groups else WELL
    if as_json:
        return json.dumps(groups, indent=1, ensure_ascii=False), code
    if not groups:
        return "Tidak ada peristiwa yang diparkir.", code
    headings = ("layanan", "banyak", "peristiwa", "sebab", "pertama gagal", "diparkir terakhir")
    rows = [
        (
            group["service"],
            count(group["count"]),
            f"{group['producer']}.{group['name']}",
            group["cause"],
            local(group["first_failed_at"]),
            local(group["last_parked_at"]),
        )
        for group in groups
    ]
    lines = table(headings, rows, frozenset({1}))
    for group in groups:
        lines += ["", f"{group['service']} {group['producer']}.{group['name']} ({group['cause']}):"]
        lines.append(f"  {last_line(group['latest_error'])}")
        lines.append(f"  daftar     : ./suar events list {_selection(group)}")
        lines.append(f"  ulangi     : ./suar events replay {_selection(group)}")
        lines.append(f"  buang      : ./suar events discard {_selection(group)} --reason …")
    return "\n".join(lines), code


def _selection(group: dict[str, Any]) -> str:
    return f"{group['service']} --producer {group['producer']} --name {group['name']} --cause {group['cause']}"


def held(door: Door, service: str, wanted: dict[str, Any], *, limit: int, as_json: bool) -> tuple[str, int]:
    """Held events one by one."""
    rows = []
    for event in door.pages(service, "/held", **wanted):
        rows.append(event)
        if len(rows) == limit:
            break
    if as_json:
        return json.dumps(rows, indent=1, ensure_ascii=False), WELL
    if not rows:
        return f"Tidak ada peristiwa tertahan di {service} untuk pilihan itu.", WELL
    headings = ("id", "instansi", "peristiwa", "sebab", "percobaan", "keadaan")
    cells = [
        (
            event["event_id"],
            event["agency_id"],
            f"{event['producer']}.{event['name']}",
            event["cause"],
            str(event["attempts"]),
            _state(event),
        )
        for event in rows
    ]
    return "\n".join(table(headings, cells, frozenset({4}))), WELL


def _state(event: dict[str, Any]) -> str:
    if event["discarded_at"]:
        return f"dibuang {local(event['discarded_at'])}: {event['discard_reason']}"
    if event["parked_at"]:
        return f"diparkir {local(event['parked_at'])}"
    return f"dicoba lagi {local(event['next_attempt_at'])}"


def show(door: Door, event_id: str, services: Sequence[str], *, as_json: bool) -> tuple[str, int]:
    """One event wherever it is held: its envelope and the whole error."""
    found = {}
    for service in services:
        try:
            found[service] = door.get(service, f"/held/{event_id}")
        except Refused as error:
            if error.status != NOT_FOUND:
                raise
    if as_json:
        return json.dumps(found, indent=1, ensure_ascii=False), WELL if found else UNWELL
    if not found:
        where = services[0] if len(services) == 1 else "layanan mana pun"
        return f"Peristiwa {event_id} tidak tertahan di {where}.", UNWELL
    return "\n\n".join(_whole(service, event) for service, event in found.items()), WELL


def _whole(service: str, event: dict[str, Any]) -> str:
    return "\n".join(
        [
            f"{service}: {event['producer']}.{event['name']}.v{event['version']} {event['event_id']}",
            f"  instansi   {event['agency_id']}",
            f"  subjek     {event['subject']}",
            f"  keadaan    {_state(event)}",
            f"  percobaan  {event['attempts']}, pertama gagal {local(event['first_failed_at'])}",
            f"  sebab      {event['cause']}",
            "  isi",
            *(f"    {line}" for line in json.dumps(event["body"], indent=1, ensure_ascii=False).splitlines()),
            "  kesalahan",
            *(f"    {line}" for line in event["error"].rstrip().splitlines()),
        ]
    )


def history(door: Door, service: str, since: datetime | None, *, limit: int, as_json: bool) -> tuple[str, int]:
    """What a service has said, oldest first."""
    rows: list[dict[str, Any]] = []
    query = {"since": since.isoformat() if since else None}
    for event in door.pages(service, "/history", limit=min(limit, 1000), **query):
        rows.append(event)
        if len(rows) == limit:
            break
    if as_json:
        return json.dumps(rows, indent=1, ensure_ascii=False), WELL
    if not rows:
        return f"{service} belum mengatakan apa pun sejak saat itu.", WELL
    headings = ("posisi", "dicatat", "peristiwa", "subjek", "urutan", "di bus", "id")
    cells = [
        (
            str(event["position"]),
            local(event["recorded_at"]),
            f"{event['name']}.v{event['version']}",
            event["subject"],
            str(event["sequence"]),
            local(event["published_at"]),
            event["id"],
        )
        for event in rows
    ]
    lines = table(headings, cells, frozenset({0, 4}))
    if len(rows) == limit:
        lines += ["", f"Ditampilkan {limit} yang pertama; lanjutkan dengan --since atau --limit."]
    return "\n".join(lines), WELL


def replays(door: Door, services: Sequence[str], *, as_json: bool) -> tuple[str, int]:
    """Repeats of history that were asked for, and how far each has come."""
    rows = [{"producer": one, **replay} for one in services for replay in door.get(one, "/replays")["items"]]
    if as_json:
        return json.dumps(rows, indent=1, ensure_ascii=False), WELL
    if not rows:
        return "Belum pernah ada permintaan pengulangan riwayat.", WELL
    headings = ("dari", "kepada", "sejak", "diminta", "terkirim", "keadaan")
    cells = [
        (
            row["producer"],
            row["consumer"],
            local(row["since"]),
            local(row["requested_at"]),
            count(row["sent"]),
            f"selesai {local(row['finished_at'])}" if row["finished_at"] else "berjalan",
        )
        for row in rows
    ]
    return "\n".join(table(headings, cells, frozenset({4}))), WELL


def chosen(services: Sequence[str]) -> list[str]:
    """The services named, or all."""
    return list(services) or list(SERVICES)
