"""What tests of deadlines share: cases in every stage, and what the register says of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text

from chassis.auth import Principal
from chassis.unit_of_work import Transaction
from tests.appraisal.builders import Bureau

JAYAPURA = "Asia/Jayapura"


@contextmanager
def database(bureau: Bureau) -> Iterator[Transaction]:
    with bureau.service.work.transaction(bureau.agency) as tx:
        yield tx


def rows(bureau: Bureau, query: str, **values: Any) -> list[Any]:
    with database(bureau) as tx:
        return list(tx.session.execute(text(query), values))


def deadlines(bureau: Bureau, kind: str | None = None) -> list[Any]:
    """Return the rows of the register, in the order in which they were opened."""
    found = rows(bureau, "SELECT * FROM obligation ORDER BY opens_at, kind, id")
    return [one for one in found if kind in {None, one.kind}]


def deadline(bureau: Bureau, kind: str) -> Any:
    (found,) = deadlines(bureau, kind)
    return found


def move_to_jayapura(bureau: Bureau) -> None:
    agency = {"agency_id": bureau.agency, "name": "Kementerian Contoh", "time_zone": JAYAPURA}
    bureau.deliver("AgencyChanged", bureau.agency, 2, **agency)


def annual(bureau: Bureau, who: Principal | None = None, *, receive: bool = True) -> str:
    """Issue somebody's annual evaluation of 2026 on 12 January 2027 at 03:00 UTC."""
    who = who or bureau.siti
    bureau.turn(2026, 1, 12, 2)
    bureau.active_plan(who)
    bureau.rate_fourth_quarter(bureau.head, who)
    bureau.turn(2027, 1, 12, 3)
    evaluation: str = bureau.issue(who=who)["id"]
    if receive:
        bureau.post(who, f"/evaluations/{evaluation}/receive", status=200)
    return evaluation


def outage(bureau: Bureau, starts: str, ends: str, status: int = 201, who: Principal | None = None) -> Any:
    body = {"from": starts, "to": ends, "reason": "Gangguan pusat data"}
    return bureau.post(who or bureau.hr, "/outages", body, status)


def at(bureau: Bureau, moment: str) -> None:
    """Let it be this moment, in UTC, and run what is due; time stands, or a busy machine would be past a deadline."""
    bureau.service.clock.freeze(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    bureau.service.run_timers()
