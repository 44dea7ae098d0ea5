"""Record that an inspector has looked into an anomaly, and what was found."""

from appraisal.authorisation import inspector_of
from appraisal.domain.anomaly import LookAtAnomaly
from appraisal.domain.anomaly_views import AnomalyView
from appraisal.persistence.anomalies import load_anomaly, update_anomaly
from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork


def look_at_anomaly(work: UnitOfWork, actor: Principal, command: LookAtAnomaly) -> AnomalyView:
    by = inspector_of(actor)
    with work.transaction(actor.agency_id) as tx:
        before = load_anomaly(tx, command.anomaly_id, reader=by)
        require_version(command.expected_version, before.version)
        saved = update_anomaly(tx, before, before.looked_into(by, command.remark, tx.now))
        audit.record(tx, actor, "anomaly_looked_at", "anomaly", saved.id, kind=saved.kind)
        return AnomalyView.of(saved)
