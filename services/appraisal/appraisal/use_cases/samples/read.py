"""Read samples and their members, and as a person which of one's own evaluations were read in which sample."""

from uuid import UUID

from appraisal.authorisation import inspector_of, self_of
from appraisal.domain.sample import ListSamples
from appraisal.domain.sample_views import OwnReadingView, SampleMemberView, SampleView
from appraisal.persistence import samples
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork


def show_sample(work: UnitOfWork, actor: Principal, sample_id: UUID) -> SampleView:
    """Every inspector sees each sample, whoever has drawn it, with its reason."""
    with work.transaction(actor.agency_id) as tx:
        audit.record(tx, actor, "sample_read", "sample", sample_id)
        return SampleView.of(samples.load_sample(tx, sample_id))


def list_samples(work: UnitOfWork, actor: Principal, wanted: ListSamples) -> Page[SampleView]:
    with work.transaction(actor.agency_id) as tx:
        audit.record(tx, actor, "samples_listed", "sample_list", wanted.year or "all")
        return samples.list_samples(tx, wanted).of(SampleView.of)


def list_members(work: UnitOfWork, actor: Principal, sample_id: UUID, *, page: PageRequest) -> Page[SampleMemberView]:
    """List who was drawn, but for the reader."""
    with work.transaction(actor.agency_id) as tx:
        samples.load_sample(tx, sample_id)
        audit.record(tx, actor, "sample_read", "sample", sample_id)
        return samples.list_members(tx, sample_id, page, reader=inspector_of(actor))


def list_own_readings(work: UnitOfWork, actor: Principal, *, page: PageRequest) -> Page[OwnReadingView]:
    with work.transaction(actor.agency_id) as tx:
        return samples.list_readings(tx, self_of(actor), page)
