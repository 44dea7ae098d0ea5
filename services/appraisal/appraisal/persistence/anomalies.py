"""Anomalies and the runs that find them, between rows and the domain."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, text

from appraisal.domain.anomaly import (
    Anomaly,
    AnomalyChange,
    AnomalyKind,
    AnomalyRun,
    AnomalyState,
    KnownAnomaly,
    ListAnomalies,
)
from appraisal.domain.anomaly_views import AnomalyBasisView, AnomalyCountView
from appraisal.domain.periods import Period
from appraisal.persistence import models
from appraisal.persistence.of_period import of_period
from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import (
    AnySelect,
    among,
    columns_of,
    fetch_all,
    fetch_one,
    fetch_page,
    insert_record,
    insert_records,
    matching,
    update_record,
)
from chassis.unit_of_work import Transaction

_ROW, _BASIS, _RUN = models.Anomaly, models.AnomalyBasis, models.AnomalyRun
_QUERY = select(*columns_of(_ROW, Anomaly))
_RUNS = select(*columns_of(_RUN, AnomalyRun))
# A lock: of two runs at once the second one sees what the first has opened.
_ONE_RUN_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('anomalies/' || :agency, 0))")

# Set-based: many rows, each with other numbers. They are locked since they were read, so no version is compared.
_GROW = text(
    "UPDATE anomaly a SET evaluations = n.evaluations, people = n.people, version = a.version + 1 "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:evaluations AS int[]), CAST(:people AS int[])) "
    "AS n (id, evaluations, people) WHERE a.id = n.id"
)


def one_run_at_a_time(tx: Transaction) -> None:
    """Wait for whatever other run writes anomalies of the agency."""
    tx.session.execute(_ONE_RUN_AT_A_TIME, {"agency": tx.agency_id})


def insert_run(tx: Transaction, run: AnomalyRun) -> None:
    insert_record(tx, _RUN, run)


def load_run(tx: Transaction, run_id: UUID) -> AnomalyRun:
    """Return a run. Raise NotFound."""
    return required(fetch_one(tx, _RUNS.where(_RUN.id == run_id), AnomalyRun), "penelusuran anomali", run_id)


def update_run(tx: Transaction, before: AnomalyRun, after: AnomalyRun) -> None:
    update_record(tx, _RUN, before, after)


def list_runs(tx: Transaction, page: PageRequest) -> Page[AnomalyRun]:
    """Return runs, the newest first."""
    return fetch_page(tx, _RUNS, AnomalyRun, page, _RUN.id, descending=True)


def known_anomalies(tx: Transaction, kind: AnomalyKind, period: Period) -> list[KnownAnomaly]:
    """Return what earlier runs have opened of a kind in a period, each locked until the transaction ends."""
    query = _QUERY.where(_ROW.kind == kind, of_period(_ROW, period)).order_by(_ROW.id).with_for_update()
    anomalies = fetch_all(tx, query, Anomaly)
    rows = select(_BASIS.anomaly_id, _BASIS.evaluation_id, _BASIS.employee_id)
    basis: defaultdict[UUID, dict[UUID, UUID]] = defaultdict(dict)
    for row in tx.session.execute(rows.where(among(_BASIS.anomaly_id, [one.id for one in anomalies]))):
        basis[row.anomaly_id][row.evaluation_id] = row.employee_id
    return [KnownAnomaly(one, basis[one.id]) for one in anomalies]


@dataclass(frozen=True)
class _BasisRow:
    anomaly_id: UUID
    evaluation_id: UUID
    employee_id: UUID


def save_changes(tx: Transaction, changes: Sequence[AnomalyChange]) -> None:
    """Write what a run has opened, and by what the open ones have grown."""
    insert_records(tx, _ROW, [one.after for one in changes if one.before is None])
    grown = [one.after for one in changes if one.before is not None]
    if grown:
        numbers = {name: [getattr(one, name) for one in grown] for name in ("evaluations", "people")}
        tx.session.execute(_GROW, {"ids": [one.id for one in grown], **numbers})
    rows = [_BasisRow(one.after.id, *added) for one in changes for added in one.added.items()]
    insert_records(tx, _BASIS, rows)


def load_anomaly(tx: Transaction, anomaly_id: UUID, *, reader: UUID) -> Anomaly:
    """Return an anomaly. Raise NotFound, also for one about the reader."""
    query = _QUERY.where(_ROW.id == anomaly_id, _is_not_about(reader))
    return required(fetch_one(tx, query, Anomaly), "anomali", anomaly_id)


def update_anomaly(tx: Transaction, before: Anomaly, after: Anomaly) -> Anomaly:
    """Save a move and return the anomaly as it is now. Raise VersionConflict."""
    update_record(tx, _ROW, before, after)
    return replace(after, version=before.version + 1)


def list_anomalies(tx: Transaction, wanted: ListAnomalies, *, reader: UUID) -> Page[Anomaly]:
    """Return anomalies, the newest first, but none about the reader."""
    query = matching(_QUERY, _ROW, wanted).where(_is_not_about(reader))
    return fetch_page(tx, query, Anomaly, wanted.page, _ROW.id, descending=True)


def list_basis(tx: Transaction, anomaly_id: UUID, page: PageRequest) -> Page[AnomalyBasisView]:
    """Return what an anomaly rests on, by the evaluations' ids."""
    query = select(*columns_of(_BASIS, AnomalyBasisView)).where(_BASIS.anomaly_id == anomaly_id)
    return fetch_page(tx, query, AnomalyBasisView, page, _BASIS.evaluation_id)


def count_anomalies(tx: Transaction, year: int) -> list[AnomalyCountView]:
    """Count the anomalies of a year by period and kind."""
    parts = (_ROW.year, _ROW.quarter, _ROW.month, _ROW.kind)
    query: AnySelect = select(
        *parts,
        _counted(AnomalyState.OPEN).label("open"),
        _counted(AnomalyState.LOOKED_AT).label("looked_at"),
    )
    query = query.where(_ROW.year == year).group_by(*parts)
    return fetch_all(tx, query.order_by(_ROW.month, _ROW.quarter, _ROW.kind), AnomalyCountView)


def _counted(state: AnomalyState) -> ColumnElement[int]:
    return func.count().filter(_ROW.state == state)


def _is_not_about(reader: UUID) -> ColumnElement[bool]:
    """Neither the reader's own ratings, alone or among those of several, nor an evaluation of the reader."""
    rating = models.EvaluationVersion
    own = exists().where(_BASIS.anomaly_id == _ROW.id, _BASIS.employee_id == reader)
    rated = exists().where(
        _BASIS.anomaly_id == _ROW.id, rating.evaluation_id == _BASIS.evaluation_id, rating.decided_by == reader
    )
    return and_(or_(and_(_ROW.official_id.is_(None), ~rated), _ROW.official_id != reader), ~own)
