"""People as personnel knows them, seen from their accounts."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.pagination import PageRequest

EMPLOYEE_UNKNOWN = "employee_unknown"
EXPECTED_EMPLOYEE = "pegawai yang tercatat pada kepegawaian instansi ini; bila baru dicatat, ulangi sebentar lagi"


@dataclass(frozen=True)
class PersonWithoutAccountView:
    """Somebody in service without an account; personnel says who it is."""

    employee_id: UUID
    unit_id: UUID
    status: Annotated[str, Meta(examples=["ACTIVE"])]


@dataclass(frozen=True)
class ListUnmatched:
    page: PageRequest
    agency_id: str | None = None
