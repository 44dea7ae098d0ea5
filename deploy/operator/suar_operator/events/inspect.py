"""The reading commands of `suar events`: status, parked groups, failed events, history, replays."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chassis.bus.contracts import Contracts
from suar_operator.events.formatting import age, count, last_line, local, table
from suar_operator.events.operator_client import (
    OperatorClient,
    RequestRefused,
    ServiceUnreachable,
)
from suar_operator.events.publication import publication, publication_lines
from suar_operator.services import OWNERS

HEALTHY, UNHEALTHY = 0, 1
NOT_FOUND = 404
HEADINGS = ("layanan", "outbox", "tertua", "antrean", "mati", "ditunda", "tertua", "diparkir", "tertua", "keterangan")
NUMBERS = frozenset({1, 2, 3, 4, 5, 6, 7, 8})
# A running relay empties the outbox within a second or two.
OUTBOX_LATE_SECONDS = 60.0


def status(client: OperatorClient, contracts: Contracts, services: Sequence[str], *, as_json: bool) -> tuple[str, int]:
    """Return the table of backlogs; the code is UNHEALTHY when something needs attention."""
    has_queue = {service: bool(contracts.subscriptions(service)) for service in services}
    found: dict[str, dict[str, Any] | None] = {}
    faults = {}
    for service in services:
        try:
            found[service] = client.get(service, "/events/status")
        except ServiceUnreachable as error:
            found[service], faults[service] = None, str(error)
    remarks = {service: remarks_on(status, has_queue=has_queue[service]) for service, status in found.items()}
    code = UNHEALTHY if any(remarks.values()) else HEALTHY
    if as_json:
        return json.dumps({"services": found, "remarks": remarks}, indent=1, ensure_ascii=False), code
    rows = [_row(service, status, remarks[service], has_queue[service]) for service, status in found.items()]
    lines = table(HEADINGS, rows, NUMBERS)
    lines += publication_lines(publication(client) if found.get("personnel") else [])
    if faults:
        lines += ["", *faults.values()]
    if any(status and status["parked"] for status in found.values()):
        lines += ["", "Lihat sebabnya: ./suar events parked"]
    elif code == HEALTHY:
        lines += ["", "Semua peristiwa berjalan; tidak ada yang diparkir."]
    return "\n".join(lines), code


def remarks_on(status: dict[str, Any] | None, *, has_queue: bool) -> list[str]:
    """Return what needs attention, in words; nothing when all is well."""
    if status is None:
        return ["tidak menjawab"]
    checks = (
        (status["parked"], "ada yang diparkir"),
        ((status["outbox_age"] or 0) > OUTBOX_LATE_SECONDS, "outbox tertahan"),
        (not status["bus_answers"], "bus tidak menjawab"),
        (status["bus_answers"] and has_queue and status["queue_ready"] is None, "antrean tidak ada di bus"),
        (status["dead_letters"], "ada pesan mati di broker"),
        (status["queue_consumers"] == 0, "antrean tidak dibaca"),
        (status["jobs_failed"], f"{status['jobs_failed']} pekerjaan gagal"),
        (status["timers_failing"], f"{status['timers_failing']} pengingat gagal"),
    )
    return [words for is_so, words in checks if is_so]


def _row(service: str, status: dict[str, Any] | None, remarks: Sequence[str], has_queue: bool) -> tuple[str, ...]:
    note = ", ".join(remarks) or "baik"
    if status is None:
        return (service, *["-"] * 8, note)
    return (
        service,
        count(status["outbox"]),
        age(status["outbox_age"]),
        count(status["queue_ready"]) if has_queue else "-",
        count(status["dead_letters"]) if has_queue else "-",
        count(status["deferred"]),
        age(status["deferred_age"]),
        count(status["parked"]),
        age(status["parked_age"]),
        note,
    )


def parked(client: OperatorClient, services: Sequence[str], *, as_json: bool) -> tuple[str, int]:
    """Return parked events in groups of one cause, with the latest error."""
    groups = [{"service": one, **group} for one in services for group in client.get(one, "/events/parked")["items"]]
    code = UNHEALTHY if groups else HEALTHY
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
        lines.append(f"  coba lagi  : ./suar events retry {_selection(group)}")
        lines.append(f"  buang      : ./suar events discard {_selection(group)} --reason …")
    return "\n".join(lines), code


def _selection(group: dict[str, Any]) -> str:
    return f"{group['service']} --producer {group['producer']} --name {group['name']} --cause {group['cause']}"


def failed(
    client: OperatorClient, service: str, wanted: dict[str, Any], *, limit: int, as_json: bool
) -> tuple[str, int]:
    """Return failed events one by one."""
    rows = []
    for event in client.pages(service, "/events/failed", **wanted):
        rows.append(event)
        if len(rows) == limit:
            break
    if as_json:
        return json.dumps(rows, indent=1, ensure_ascii=False), HEALTHY
    if not rows:
        return f"Tidak ada peristiwa gagal di {service} untuk pilihan itu.", HEALTHY
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
    return "\n".join(table(headings, cells, frozenset({4}))), HEALTHY


def _state(event: dict[str, Any]) -> str:
    if event["discarded_at"]:
        return f"dibuang {local(event['discarded_at'])}: {event['discard_reason']}"
    if event["parked_at"]:
        return f"diparkir {local(event['parked_at'])}"
    return f"dicoba lagi {local(event['next_attempt_at'])}"


def show(client: OperatorClient, event_id: str, services: Sequence[str], *, as_json: bool) -> tuple[str, int]:
    """Return one event wherever it has failed: its envelope and the whole error."""
    found = {}
    for service in services:
        try:
            found[service] = client.get(service, f"/events/failed/{event_id}")
        except RequestRefused as error:
            if error.status != NOT_FOUND:
                raise
    if as_json:
        return json.dumps(found, indent=1, ensure_ascii=False), HEALTHY if found else UNHEALTHY
    if not found:
        where = services[0] if len(services) == 1 else "layanan mana pun"
        return f"Peristiwa {event_id} tidak ada di antara peristiwa gagal {where}.", UNHEALTHY
    return "\n\n".join(_details(service, event) for service, event in found.items()), HEALTHY


def _details(service: str, event: dict[str, Any]) -> str:
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


def history(
    client: OperatorClient, service: str, since: datetime | None, *, limit: int, as_json: bool
) -> tuple[str, int]:
    """Return what a service has recorded, oldest first."""
    rows: list[dict[str, Any]] = []
    query = {"since": since.isoformat() if since else None}
    for event in client.pages(service, "/events/history", limit=min(limit, 1000), **query):
        rows.append(event)
        if len(rows) == limit:
            break
    if as_json:
        return json.dumps(rows, indent=1, ensure_ascii=False), HEALTHY
    if not rows:
        return f"{service} belum menerbitkan apa pun sejak saat itu.", HEALTHY
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
    return "\n".join(lines), HEALTHY


def replays(client: OperatorClient, services: Sequence[str], *, as_json: bool) -> tuple[str, int]:
    """Return the latest replays and their progress."""
    rows = [{"producer": one, **replay} for one in services for replay in client.get(one, "/events/replays")["items"]]
    if as_json:
        return json.dumps(rows, indent=1, ensure_ascii=False), HEALTHY
    if not rows:
        return "Belum pernah ada permintaan pengiriman ulang riwayat.", HEALTHY
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
    return "\n".join(table(headings, cells, frozenset({4}))), HEALTHY


def chosen(services: Sequence[str]) -> list[str]:
    """Return the named services, or all."""
    return list(services) or list(OWNERS)
