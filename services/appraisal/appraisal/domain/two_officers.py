"""What two officers decide together: one proposes, another one ends it, and the first may only take it back."""

from dataclasses import dataclass
from uuid import UUID

from chassis.errors import AppError


@dataclass(frozen=True)
class TwoOfficers:
    """The rule of two officers, with the refusals of the matter that it is for."""

    needs_second: type[AppError]
    of_another: type[AppError]

    def require_second(self, proposed_by: UUID, by: UUID) -> None:
        """Raise `needs_second` for who has proposed it."""
        if by == proposed_by:
            raise self.needs_second

    def require_proposer(self, proposed_by: UUID, by: UUID) -> None:
        """Raise `of_another` for everybody else."""
        if by != proposed_by:
            raise self.of_another
