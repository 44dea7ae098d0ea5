"""Export anomalies as rows, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from appraisal.authorisation import inspector_of
from appraisal.domain.anomaly import ListAnomalies
from appraisal.domain.anomaly_views import AnomalyView
from appraisal.persistence import anomalies
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import PageRequest
from chassis.unit_of_work import UnitOfWork

EXPORTED = (
    "id",
    "kind",
    "year",
    "quarter",
    "month",
    "official_id",
    "evaluations",
    "people",
    "sentence",
    "rule_version",
    "state",
    "opened_at",
    "looked_at_by",
    "looked_at",
    "remark",
)
AT_ONCE = 2000
Row = tuple[Any, ...]


def export_anomalies(work: UnitOfWork, actor: Principal, wanted: ListAnomalies) -> Iterator[Sequence[Row]]:
    """Return the names of the columns with the first rows, then the rows; there is a transaction for each page."""
    reader = inspector_of(actor)
    with work.transaction(actor.agency_id) as tx:
        audit.record(tx, actor, "anomalies_exported", "anomaly_list", wanted.year or "all")
    titles: list[Row] = [EXPORTED]
    query = replace(wanted, page=PageRequest(AT_ONCE))
    while True:
        with work.transaction(actor.agency_id) as tx:
            found = anomalies.list_anomalies(tx, query, reader=reader)
        views = [AnomalyView.of(one) for one in found.items]
        yield [*titles, *(tuple(getattr(one, name) for name in EXPORTED) for one in views)]
        if found.next_cursor is None:
            return
        titles, query = [], replace(query, page=PageRequest(AT_ONCE, (str(views[-1].id),)))
