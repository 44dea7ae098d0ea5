"""When quarters and the year may be rated, and how the window is extended."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, text

from appraisal.persistence import models
from appraisal.persistence.people import rows
from appraisal.persistence.rules import load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork

_EXTENSIONS = text(
    "SELECT id, year, quarter, closes_on, reason, set_by, set_at FROM window_extension WHERE year = :year ORDER BY id"
)


def show_periods(work: UnitOfWork, actor: Principal, year: int) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        items = []
        for quarter in (1, 2, 3, 4, None):
            setting = load_setting(tx, year, quarter)
            window = setting.window(year, quarter)
            items.append(
                {
                    "year": year,
                    "quarter": quarter,
                    "kind": "ANNUAL" if quarter is None else "PERIODIC",
                    "opens_on": window.opens_on,
                    "closes_on": window.closes_on,
                    "is_open": window.contains(setting.today),
                    "extended_to": setting.extended_to,
                }
            )
        return {"items": items, "extensions": rows(tx, _EXTENSIONS, year=year)}


def extend_window(work: UnitOfWork, actor: Principal, body: Mapping[str, Any]) -> dict[str, Any]:
    """HR, or the operator after an outage of ours, gives appraisers longer; never shorter."""
    with work.transaction(actor.agency_id) as tx:
        window = load_setting(tx, body["year"], body["quarter"]).window(body["year"], body["quarter"])
        if body["closes_on"] <= window.closes_on:
            expected = f"tanggal setelah {window.closes_on.isoformat()}"
            raise InvalidInput(errors=[FieldError("closes_on", "not_longer", body["closes_on"].isoformat(), expected)])
        row = {
            "id": new_id(),
            "year": body["year"],
            "quarter": body["quarter"],
            "closes_on": body["closes_on"],
            "reason": body["reason"],
            "set_by": actor.account_id,
            "set_at": tx.now,
        }
        tx.session.execute(insert(models.table(models.WindowExtension)), {**row, "agency_id": tx.agency_id})
        audit.record(tx, actor, "window_extended", "period", row["id"], year=row["year"], quarter=row["quarter"])
        return row
