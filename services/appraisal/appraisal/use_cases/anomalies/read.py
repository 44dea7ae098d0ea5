"""Read anomalies: one with what it rests on, a list, the runs, and how many there are."""

from uuid import UUID

from appraisal.authorisation import inspector_of
from appraisal.domain.anomaly import ListAnomalies
from appraisal.domain.anomaly_views import AnomalyBasisView, AnomalyCountView, AnomalyRunView, AnomalyView
from appraisal.persistence import anomalies
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Items, Page, PageRequest
from chassis.unit_of_work import UnitOfWork


def show_anomaly(work: UnitOfWork, actor: Principal, anomaly_id: UUID) -> AnomalyView:
    """One about the reader is not there for them."""
    with work.transaction(actor.agency_id) as tx:
        found = anomalies.load_anomaly(tx, anomaly_id, reader=inspector_of(actor))
        audit.record(tx, actor, "anomaly_read", "anomaly", anomaly_id)
        return AnomalyView.of(found)


def list_anomalies(work: UnitOfWork, actor: Principal, wanted: ListAnomalies) -> Page[AnomalyView]:
    """List all but those about the reader."""
    with work.transaction(actor.agency_id) as tx:
        found = anomalies.list_anomalies(tx, wanted, reader=inspector_of(actor))
        audit.record(tx, actor, "anomalies_listed", "anomaly_list", wanted.year or "all")
        return found.of(AnomalyView.of)


def list_basis(work: UnitOfWork, actor: Principal, anomaly_id: UUID, *, page: PageRequest) -> Page[AnomalyBasisView]:
    with work.transaction(actor.agency_id) as tx:
        anomalies.load_anomaly(tx, anomaly_id, reader=inspector_of(actor))
        audit.record(tx, actor, "anomaly_read", "anomaly", anomaly_id)
        return anomalies.list_basis(tx, anomaly_id, page)


def show_run(work: UnitOfWork, actor: Principal, run_id: UUID) -> AnomalyRunView:
    with work.transaction(actor.agency_id) as tx:
        return AnomalyRunView.of(anomalies.load_run(tx, run_id))


def list_runs(work: UnitOfWork, actor: Principal, *, page: PageRequest) -> Page[AnomalyRunView]:
    with work.transaction(actor.agency_id) as tx:
        return anomalies.list_runs(tx, page).of(AnomalyRunView.of)


def count_anomalies(work: UnitOfWork, actor: Principal, *, year: int) -> Items[AnomalyCountView]:
    """Numbers for HR, which is not shown whom they are about."""
    with work.transaction(actor.agency_id) as tx:
        return Items(anomalies.count_anomalies(tx, year))
