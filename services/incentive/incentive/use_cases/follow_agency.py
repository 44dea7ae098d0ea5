"""Keep the agency and its units as personnel tells them."""

from uuid import UUID

from chassis.bus.envelope import Event
from chassis.unit_of_work import Transaction
from incentive.persistence.projection import put_agency, put_unit


def follow_agency(tx: Transaction, event: Event) -> None:
    data = event.data
    put_agency(tx, name=data["name"], time_zone=data["time_zone"], version=int(data["version"]))


def follow_unit(tx: Transaction, event: Event) -> None:
    data = event.data
    put_unit(
        tx,
        unit_id=UUID(data["unit_id"]),
        parent_id=_id(data.get("parent_id")),
        code=data["code"],
        name=data["name"],
        leader_id=_id(data.get("leader_id")),
        active=bool(data["active"]),
        version=int(data["version"]),
    )


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
