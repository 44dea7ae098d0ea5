"""What others see of accounts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from chassis.views import view_of
from gateway.domain.account import Account, Purpose, State
from gateway.domain.service_time import Access

SHOWN_ONCE = Meta(description="shown this once; hand it to the person")


@dataclass(frozen=True)
class AccountView:
    account_id: UUID
    agency_id: str
    username: str
    name: str
    employee_id: UUID | None
    unit_id: UUID | None
    roles: tuple[str, ...]
    state: State
    must_change_password: bool
    version: int
    created_at: datetime
    official_id: Annotated[UUID | None, Meta(description="an official from outside, in place of an employee")]
    access: Annotated[Access, Meta(description="what the timeline, or the term of office, leaves of the account")]
    readable_until: Annotated[date | None, Meta(description="last day on which own records can be read")]
    ended_roles: Annotated[
        tuple[str, ...], Meta(description="ended by leaving service or moving; a correction brings them back")
    ]

    @classmethod
    def of(cls, account: Account) -> "AccountView":
        return view_of(
            cls,
            account,
            account_id=account.id,
            unit_id=account.effective_unit_id,
            ended_roles=tuple(sorted(account.ended_roles)),
        )


@dataclass(frozen=True)
class AccountResultView:
    """The result of one row of a batch: CREATED with a code, EXISTS, or REFUSED with a reason."""

    row: Annotated[int, Meta(description="place in the list sent, from 0")]
    username: str
    outcome: Literal["CREATED", "EXISTS", "REFUSED"]
    account_id: UUID | None = None
    activation_code: Annotated[str | None, SHOWN_ONCE] = None
    code: Annotated[str | None, Meta(description="why the row was refused, or has no code yet")] = None
    expected: Annotated[str | None, Meta(description="in Indonesian: what would be right")] = None


@dataclass(frozen=True)
class IssuedCodeView:
    """A new one-time code, which is shown this once, or the request for one that waits for a second person."""

    account_id: UUID
    purpose: Purpose
    code: Annotated[str | None, SHOWN_ONCE]
    expires_at: Annotated[datetime, Meta(description="of the code, or of the request")]
    awaits_second_person: Annotated[
        bool, Meta(description="true: once somebody else has approved it, ask again and the code is here")
    ] = False


@dataclass(frozen=True)
class NoticeView:
    """What somebody else did to the caller's account."""

    at: datetime
    action: Annotated[str, Meta(examples=["account.code_issued"])]
    sentence: Annotated[str, Meta(description="in Indonesian: who did what")]


@dataclass(frozen=True)
class OwnAccountView:
    account_id: UUID
    kind: Literal["person", "client"]
    username: str | None
    name: str
    agency_id: str
    employee_id: UUID | None
    unit_id: UUID | None
    roles: tuple[str, ...]
    must_change_password: bool
    second_factor: Annotated[bool, Meta(description="a sign-in needs a code besides the password")]
    lacks: Annotated[
        tuple[Literal["PERSON", "SECOND_FACTOR"], ...],
        Meta(description="what roles wait for; PERSON: an operator says whose account it is; SECOND_FACTOR: begin one"),
    ]
    official_id: UUID | None
    access: Access
    readable_until: Annotated[date | None, Meta(description="last day on which own records can be read")]
    session_id: UUID | None
    session_expires_at: datetime | None
    csrf_token: str | None
    notices: Annotated[
        tuple[NoticeView, ...],
        Meta(description="what others did to this account in the last 90 days, the newest first"),
    ]
