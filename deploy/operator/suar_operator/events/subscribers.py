"""Who takes a type of event outside the deployment, agency by agency: who must be spoken with before it ends."""

import json
from collections.abc import Sequence
from typing import Any

from suar_operator.events.formatting import table
from suar_operator.events.operator_client import OperatorClient

HEADINGS = ("instansi", "penerima", "jalur", "berlaku sampai", "alamat webhook")


def subscribers(client: OperatorClient, name: str, agency: str | None, *, as_json: bool) -> str:
    """Return the clients with an open grant for a type, in the named agency or in each."""
    agencies = [agency] if agency else [one["id"] for one in client.pages("personnel", "/agencies")]
    rows = [
        {"agency_id": one, **found}
        for one in agencies
        for found in client.get("notification", f"/event-types/{name}/subscribers", agency_id=one)["items"]
    ]
    if as_json:
        return json.dumps(rows, indent=1, ensure_ascii=False)
    types = client.get("notification", "/event-types")["items"]
    ending = [_ending(one) for one in types if one["name"] == name and one["sunset"]]
    if not rows:
        return "\n".join([*ending, f"Tidak ada instansi atau sistem luar yang menerima {name}."])
    return "\n".join([*ending, *table(HEADINGS, [_row(one) for one in rows])])


def _ending(kind: dict[str, Any]) -> str:
    successor = f"penggantinya {kind['successor']}" if kind["successor"] else "tidak ada penggantinya"
    return f"{kind['name']} berakhir {kind['sunset']}; {successor}."


def _row(one: dict[str, Any]) -> Sequence[str]:
    addresses = [f"{place['host']} ({place['state']})" for place in one["subscriptions"]]
    return (
        one["agency_id"],
        one["subscriber_name"],
        ", ".join(one["channels"]),
        one["valid_until"] or "-",
        ", ".join(addresses) or "-",
    )
