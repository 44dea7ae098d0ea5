"""Take an uploaded CSV file: refuse at once what cannot be read, queue the rest as a job."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from chassis import audit, jobs
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.domain.import_columns import COURSE_COLUMNS, ITEM_COLUMNS, Columns, require_columns

COURSES, ITEMS = "import_courses", "import_reference_items"
COLUMNS: dict[str, Columns] = {COURSES: COURSE_COLUMNS, ITEMS: ITEM_COLUMNS}


@dataclass(frozen=True)
class ImportParams:
    sha256: str


def start_import(work: UnitOfWork, actor: Principal, *, kind: str, content: bytes) -> UUID:
    """Queue an import of `kind` and return the job's id. Raise InvalidInput for a file without the wanted columns."""
    require_columns(content, COLUMNS[kind])
    with work.transaction(actor.agency_id) as tx:
        digest = hashlib.sha256(content).hexdigest()
        job_id = jobs.start(tx, kind, ImportParams(digest), actor.account_id, content)
        audit.record(tx, actor, kind, "job", job_id)
        return job_id
