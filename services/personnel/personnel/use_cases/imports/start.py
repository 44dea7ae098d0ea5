"""Take an uploaded file: refuse at once what cannot be read, queue the rest as a job."""

from dataclasses import dataclass, replace
from uuid import UUID

from chassis import audit, jobs
from chassis.auth import Principal
from chassis.errors import FieldError
from chassis.unit_of_work import UnitOfWork
from personnel.domain import employee_file, record_file, unit_file
from personnel.domain.errors import ImportRunning
from personnel.domain.records import Cause
from personnel.persistence.agencies import own_agency
from personnel.persistence.import_rows import lock_imports, running_import
from spreadsheets import Columns, Limits, count_rows

UNITS, EMPLOYEES, RECORDS = "import_units", "import_employees", "import_records"
COLUMNS: dict[str, Columns] = {
    UNITS: unit_file.COLUMNS,
    EMPLOYEES: employee_file.COLUMNS,
    RECORDS: record_file.COLUMNS,
}


@dataclass(frozen=True)
class ImportParams:
    """What the job is started with; `uploader` is the employee whose own row stays out, `cause` is that of all rows.

    `dry_run`: nothing is written, and the result says what would be.
    """

    limits: Limits
    uploader: UUID | None = None
    cause: Cause = Cause.CHANGE
    dry_run: bool = False


def start_import(work: UnitOfWork, actor: Principal, kind: str, content: bytes, params: ImportParams) -> UUID:
    """Queue an import of `kind`; Raise the Import… errors, AgencyNotRegistered, ImportRunning."""
    with work.transaction(actor.agency_id) as tx:
        own_agency(tx)
    # a long file is read without keeping a transaction open
    count_rows(content, COLUMNS[kind], params.limits)
    with work.transaction(actor.agency_id) as tx:
        lock_imports(tx)
        running = running_import(tx, list(COLUMNS))
        if running is not None:
            fault = FieldError("job_id", ImportRunning.code, str(running), "impor yang sudah selesai")
            raise ImportRunning(errors=[fault])
        job_id = jobs.start(tx, kind, replace(params, uploader=actor.employee_id), actor.account_id, content)
        audit.record(tx, actor, "import_started", "job", job_id, kind=kind, dry_run=params.dry_run)
        return job_id
