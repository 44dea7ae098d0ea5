"""Who asks: somebody with every role, so that each request gets past the role check."""

from uuid import UUID

from chassis.auth import Principal

AGENCY = "uji-fuzz"
EVERY_ROLE = frozenset(
    {"employee", "hr_officer", "unit_leader", "inspector", "operator", "wellbeing_officer", "subscriber"}
)
SOMEBODY = Principal(
    account_id=UUID(int=1),
    agency_id=AGENCY,
    roles=EVERY_ROLE,
    employee_id=UUID(int=2),
    unit_id=UUID(int=3),
)
