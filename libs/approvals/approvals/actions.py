"""The actions of a service that take two people: a table, one row for each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from approvals.errors import ActionUnknown
from approvals.proposal import ProposedRow
from chassis.auth import Principal
from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import Transaction
from chassis.views import decode_as, encode

C = TypeVar("C")
HR = ("hr_officer",)
# A design rule: long enough for a second officer on leave, short enough that what was seen still holds.
LAPSES_AFTER = timedelta(days=14)


def _nobody(_tx: Transaction, _command: Any) -> Iterable[UUID]:
    return ()


def _no_rows(_command: Any, _page: PageRequest) -> Page[ProposedRow]:
    return Page([], None)


def _all_of_it(command: Any) -> Any:
    return command


@dataclass(frozen=True)
class Action(Generic[C]):
    """One action: its command, what carries it out, who may propose and approve it, and whom it concerns.

    `route` is where it is proposed. `concerns` gives the people whom the action is about; nobody where it is about the
    whole agency, officers included. `earlier` gives accounts or people that have had a part in the matter before it was
    proposed (who wrote the draft, who nominated): they do not approve it. `shown` is what readers of a proposal see of
    the command, and `rows` gives those of a file. `version_of` gives the version of the object that the command names:
    a proposal is about that one, also where the request accepts any. Each action is tried at the proposal, so that what
    it would refuse is refused at once and the second person sees what would come; `check` is tried instead where the
    action itself would take long.
    """

    name: str
    route: str
    command: type[C]
    perform: Callable[[Transaction, Principal, C], Any]
    concerns: Callable[[Transaction, C], Iterable[UUID]] = _nobody
    roles: tuple[str, ...] = HR
    earlier: Callable[[Transaction, C], Iterable[UUID | None]] = _nobody
    shown: Callable[[C], Any] = _all_of_it
    rows: Callable[[C, PageRequest], Page[ProposedRow]] = _no_rows
    version_of: Callable[[Transaction, C], int] | None = None
    check: Callable[[Transaction, Principal, C], Any] | None = None
    lapses_after: timedelta = LAPSES_AFTER

    def pinned(self, tx: Transaction, command: Any) -> Any:
        """Return the command about the object's present version where it names none."""
        if self.version_of is None or command.expected_version is not None:
            return command
        return replace(command, expected_version=self.version_of(tx, command))


def of_employee(_tx: Transaction, command: Any) -> Iterable[UUID]:
    """Whom a command concerns that names one employee."""
    return (command.employee_id,)


@dataclass(frozen=True)
class Actions:
    """The table of a service. `announce` tells those who may approve that a proposal (by its id) of an action waits.

    `alone` are the unsafe routes that one person may call, each with its reason: a test holds that every unsafe route
    is in one of the two.
    """

    actions: tuple[Action[Any], ...]
    announce: Callable[[Transaction, UUID, str], None]
    alone: dict[str, str] = field(default_factory=dict)

    def named(self, name: str) -> Action[Any]:
        return required(next((one for one in self.actions if one.name == name), None), "tindakan", name)

    def require_known(self, name: str | None) -> None:
        """Raise ActionUnknown, with the actions there are."""
        if name is not None and all(one.name != name for one in self.actions):
            raise ActionUnknown(action=name, actions=", ".join(self.names))

    @property
    def names(self) -> Sequence[str]:
        return [one.name for one in self.actions]


def json_of(value: Any) -> Any:
    """Return a value as readers see it: plain JSON."""
    return decode_as(encode(value), Any)
