"""Reports on study leave between rows and the domain."""

from datetime import date
from uuid import UUID

from sqlalchemy import select, text

from appraisal.domain.study_report import ListStudyReports, StudyDays, StudyReport
from appraisal.persistence import models
from chassis.errors import required
from chassis.pagination import Page
from chassis.records import columns_of, fetch_all, fetch_one, fetch_page, insert_record, update_record
from chassis.unit_of_work import Transaction
from directory import timelines
from directory.questions import stretches_each

_QUERY = select(*columns_of(models.StudyReport, StudyReport))
_STUDY_LEAVE = "STUDY_LEAVE"
# Locks: of two reports of one person at once, the second sees the days of the first.
_ONE_REPORT_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('study/' || :employee, 0))")


def load_study_report(tx: Transaction, report_id: UUID) -> StudyReport:
    """Return a report. Raise NotFound."""
    found = fetch_one(tx, _QUERY.where(models.StudyReport.id == report_id), StudyReport)
    return required(found, "laporan kemajuan studi", report_id)


def study_days(tx: Transaction, employee_id: UUID, first_day: date, last_day: date) -> StudyDays:
    """Return what is known of somebody's term; whoever else reports for them waits. Raise NotKnownYet."""
    tx.session.execute(_ONE_REPORT_AT_A_TIME, {"employee": str(employee_id)})
    row, term = models.StudyReport, timelines.Period(first_day, last_day)
    stretches = stretches_each(tx, [employee_id], term).of(employee_id)
    query = _QUERY.where(row.employee_id == employee_id, row.first_day <= last_day, row.last_day >= first_day)
    others = fetch_all(tx, query.order_by(row.first_day), StudyReport)
    return StudyDays(any(one.status == _STUDY_LEAVE for one in stretches), tuple(others))


def list_study_reports(tx: Transaction, wanted: ListStudyReports) -> Page[StudyReport]:
    """Return reports, the newest first."""
    row, query = models.StudyReport, _QUERY
    if wanted.employee_id is not None:
        query = query.where(row.employee_id == wanted.employee_id)
    if wanted.state is not None:
        query = query.where(row.state == wanted.state)
    if wanted.year is not None:
        query = query.where(row.first_day <= date(wanted.year, 12, 31), row.last_day >= date(wanted.year, 1, 1))
    return fetch_page(tx, query, StudyReport, wanted.page, row.id, descending=True)


def insert_study_report(tx: Transaction, report: StudyReport) -> None:
    insert_record(tx, models.StudyReport, report)


def update_study_report(tx: Transaction, before: StudyReport, after: StudyReport) -> StudyReport:
    """Save a move and return the report as it is now. Raise VersionConflict."""
    update_record(tx, models.StudyReport, before, after)
    return load_study_report(tx, after.id)
