"""How far personnel has published everybody's timelines, which it does after an upgrade and others wait for."""

from collections.abc import Sequence
from typing import Any

import httpx

from suar_cli.errors import RunnerError
from suar_operator.events.formatting import count, table
from suar_operator.events.operator_client import OperatorClient, RequestRefused, connect
from suar_operator.folder import DataFolder

# A status must be there at once, whatever the state of personnel.
PATIENCE_SECONDS = 3.0
NUMBERS = ("people_published", "people", "units_published", "units")


def publication(client: OperatorClient) -> list[dict[str, Any]]:
    """Return the counts of all agencies; none where personnel is of a release that does not count."""
    try:
        return list(client.pages("personnel", "/publication"))
    except RequestRefused:
        return []


def publication_lines(agencies: Sequence[dict[str, Any]]) -> list[str]:
    """Return how far each agency's timelines have been published, where some are left."""
    waiting = _waiting(agencies)
    if not waiting:
        return []
    headings = ("instansi", "garis waktu pegawai", "dari", "garis waktu unit", "dari")
    rows = [(one["agency_id"], *(count(one[name]) for name in NUMBERS)) for one in waiting]
    lines = table(headings, rows, frozenset({1, 2, 3, 4}))
    return ["", "Sedang dikirim oleh personnel (biasa sesudah pembaruan):", *lines]


def publication_line(agencies: Sequence[dict[str, Any]]) -> str | None:
    """Return the same in one line; None where nothing is left."""
    waiting = _waiting(agencies)
    if not waiting:
        return None
    people, of_people, units, of_units = (count(sum(one[name] for one in waiting)) for name in NUMBERS)
    where = waiting[0]["agency_id"] if len(waiting) == 1 else f"{len(waiting)} instansi"
    return (
        f"personnel masih mengirim riwayat (biasa sesudah pembaruan), {where}: pegawai {people} dari {of_people}, "
        f"unit {units} dari {of_units}"
    )


def line_of_instance(folder: DataFolder) -> str | None:
    """Return the line for the instance of a folder; None also where personnel or its key cannot be reached."""
    try:
        client = connect(url=None, data=folder.path, username=None)
    except RunnerError:
        return None
    client.http.timeout = httpx.Timeout(PATIENCE_SECONDS)
    try:
        return publication_line(publication(client))
    except (RunnerError, httpx.HTTPError):
        return None
    finally:
        client.close()


def _waiting(agencies: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in agencies if one["people_published"] < one["people"] or one["units_published"] < one["units"]]
