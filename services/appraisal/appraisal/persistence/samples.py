"""Samples between rows and the domain: what they are drawn from, their members, and who was read."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy import func, select

from appraisal.domain.periods import Period
from appraisal.domain.sample import ListSamples, Sample, SampleMember, SampleReading
from appraisal.domain.sample_views import OwnReadingView, SampleMemberView
from appraisal.domain.sampling import Candidate
from appraisal.domain.values import UNDISCLOSED
from appraisal.persistence import models
from appraisal.persistence.of_period import of_period
from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import (
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

_ROW, _MEMBER, _READING = models.Sample, models.SampleMember, models.SampleReading
_QUERY = select(*columns_of(_ROW, Sample))


def load_population(
    tx: Transaction, period: Period, units: Collection[UUID] | None, *, inspector: UUID
) -> list[Candidate]:
    """Return the finished evaluations of a period that an inspector may draw: neither about them, nor rated by them.

    None that is under review: its employee, who is shown each reading, must not learn of it.
    """
    row = models.Evaluation
    query = select(row.id.label("evaluation_id"), row.employee_id, row.predicate).where(
        of_period(row, period),
        row.state.not_in(UNDISCLOSED),
        row.employee_id != inspector,
        row.appraiser_id != inspector,
        row.rated_by != inspector,
        func.coalesce(row.finished_by, row.rated_by) != inspector,
    )
    if units is not None:
        query = query.where(among(row.unit_id, units))
    return fetch_all(tx, query, Candidate)


def insert_sample(tx: Transaction, sample: Sample, members: Iterable[SampleMember]) -> None:
    insert_record(tx, _ROW, sample)
    insert_records(tx, _MEMBER, members)


def load_sample(tx: Transaction, sample_id: UUID) -> Sample:
    """Return a sample. Raise NotFound."""
    return required(fetch_one(tx, _QUERY.where(_ROW.id == sample_id), Sample), "sampel", sample_id)


def update_sample(tx: Transaction, before: Sample, after: Sample) -> Sample:
    """Save a move and return the sample as it is now. Raise VersionConflict."""
    update_record(tx, _ROW, before, after)
    return replace(after, version=before.version + 1)


def list_samples(tx: Transaction, wanted: ListSamples) -> Page[Sample]:
    """Return samples, the newest first."""
    return fetch_page(tx, matching(_QUERY, _ROW, wanted), Sample, wanted.page, _ROW.id, descending=True)


def find_member(tx: Transaction, sample_id: UUID, evaluation_id: UUID) -> SampleMember:
    """Return a member of a sample. Raise NotFound."""
    query = select(*columns_of(_MEMBER, SampleMember))
    query = query.where(_MEMBER.sample_id == sample_id, _MEMBER.evaluation_id == evaluation_id)
    return required(fetch_one(tx, query, SampleMember), "anggota sampel", evaluation_id)


def list_members(tx: Transaction, sample_id: UUID, page: PageRequest, *, reader: UUID) -> Page[SampleMemberView]:
    """Return the members of a sample by rank, but not the reader's own evaluation."""
    last_read = select(func.max(_READING.read_at)).where(
        _READING.sample_id == _MEMBER.sample_id, _READING.evaluation_id == _MEMBER.evaluation_id
    )
    query = select(*columns_of(_MEMBER, SampleMemberView), last_read.scalar_subquery().label("read_at"))
    query = query.where(_MEMBER.sample_id == sample_id, _MEMBER.employee_id != reader)
    return fetch_page(tx, query, SampleMemberView, page, _MEMBER.position)


def insert_reading(tx: Transaction, reading: SampleReading) -> None:
    insert_record(tx, _READING, reading)


def list_readings(tx: Transaction, employee_id: UUID, page: PageRequest) -> Page[OwnReadingView]:
    """Return which evaluations of a person were read within samples, the newest first."""
    query = select(*columns_of(_READING, OwnReadingView), _ROW.order_reference)
    query = query.join(_ROW, _ROW.id == _READING.sample_id).where(_READING.employee_id == employee_id)
    return fetch_page(tx, query, OwnReadingView, page, _READING.id, descending=True)
