"""Close a sample with its conclusion; its members are read no more after that."""

from appraisal.authorisation import inspector_of
from appraisal.domain.sample import CloseSample
from appraisal.domain.sample_views import SampleView
from appraisal.persistence.samples import load_sample, update_sample
from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork


def close_sample(work: UnitOfWork, actor: Principal, command: CloseSample) -> SampleView:
    """Any inspector does, for who has drawn it may have left."""
    by = inspector_of(actor)
    with work.transaction(actor.agency_id) as tx:
        before = load_sample(tx, command.sample_id)
        require_version(command.expected_version, before.version)
        saved = update_sample(tx, before, before.closed(by, command.conclusion, tx.now))
        audit.record(tx, actor, "sample_closed", "sample", saved.id)
        return SampleView.of(saved)
