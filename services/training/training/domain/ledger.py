"""The JP ledger: what is booked, what is reversed, and how the figures of a year come about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from training.domain.jp import Balance, JpTarget, TargetKind, YearTarget, balance_of, year_of
from training.domain.record import Record, RecordOrigin
from training.domain.rule import Rule


@dataclass(frozen=True)
class LedgerEntry:
    """JP booked for a record; a reversal has negative JP and names the credit that it takes back."""

    id: UUID
    employee_id: UUID
    year: int
    jp: int
    record_id: UUID
    reverses_id: UUID | None
    booked_at: datetime

    @classmethod
    def credit(cls, entry_id: UUID, record: Record, now: datetime) -> "LedgerEntry":
        return cls(entry_id, record.employee_id, year_of(record.completed_on), record.jp, record.id, None, now)

    def reversal(self, entry_id: UUID, now: datetime) -> "LedgerEntry":
        """Return the entry that takes this one back, in the same year."""
        return LedgerEntry(entry_id, self.employee_id, self.year, -self.jp, self.record_id, self.id, now)


@dataclass(frozen=True)
class LedgerEntryView:
    id: UUID
    jp: Annotated[int, Meta(description="negative: a reversal")]
    record_id: UUID
    reverses_id: UUID | None
    course_code: str
    title: str
    kind_code: str
    provider: str
    certificate_number: str
    origin: RecordOrigin
    completed_on: date
    booked_at: datetime


@dataclass(frozen=True)
class LedgerExplanation:
    sentence: str
    calculation: str
    target_calculation: Annotated[str, Meta(description="by the employment types held in the year and their days")]
    rule: str
    rule_version: str
    legal_source: str
    verified: bool
    minutes_per_jp: int
    minutes_per_jp_source: str
    minutes_per_jp_verified: bool

    @classmethod
    def of(
        cls, entries: Sequence[LedgerEntryView], balance: Balance, target: YearTarget | None, per_jp: Rule
    ) -> "LedgerExplanation":
        parts = " ".join(f"{entry.jp:+d}" for entry in entries) or "0"
        return cls(
            sentence=_sentence(balance, target),
            calculation=f"{parts} = {balance.earned} JP",
            target_calculation=target.calculation if target else "",
            rule="JP dihitung pada tahun kalender selesainya pelatihan; sertifikat yang dicabut dibalik.",
            rule_version=f"{target.row.from_year}.{target.row.version}" if target else "",
            legal_source="; ".join(target.sources) if target else "",
            verified=target.verified if target else False,
            minutes_per_jp=per_jp.value,
            minutes_per_jp_source=per_jp.source,
            minutes_per_jp_verified=per_jp.verified,
        )


@dataclass(frozen=True)
class LedgerView:
    """A person's JP account of a year."""

    employee_id: UUID
    year: int
    employment_type: str | None
    entries: list[LedgerEntryView]
    earned_jp: int
    pending_jp: Annotated[int, Meta(description="submitted, not yet verified")]
    target: Annotated[JpTarget | None, Meta(description="of the employment type that counts on the whole")]
    target_jp: Annotated[int | None, Meta(description="of this person in this year")]
    balance_jp: Annotated[int | None, Meta(description="earned minus target")]
    remaining_jp: int | None
    met: bool | None
    warning: str
    explanation: LedgerExplanation

    @classmethod
    def of(
        cls,
        employee_id: UUID,
        year: int,
        employment_type: str | None,
        *,
        entries: list[LedgerEntryView],
        pending_jp: int,
        target: YearTarget | None,
        per_jp: Rule,
    ) -> "LedgerView":
        balance = balance_of(sum(entry.jp for entry in entries), target)
        return cls(
            employee_id=employee_id,
            year=year,
            employment_type=employment_type,
            entries=entries,
            earned_jp=balance.earned,
            pending_jp=pending_jp,
            target=target.row if target else None,
            target_jp=balance.target,
            balance_jp=balance.balance,
            remaining_jp=balance.remaining,
            met=balance.met,
            warning=balance.warning,
            explanation=LedgerExplanation.of(entries, balance, target, per_jp),
        )


def _sentence(balance: Balance, target: YearTarget | None) -> str:
    if target is None:
        return balance.warning
    unverified = "" if target.verified else " (angka sasaran belum diverifikasi)"
    if target.kind is TargetKind.MAX:
        state = "melewati batas" if balance.warning else "masih dalam batas"
        return f"{balance.earned} JP dari paling banyak {target.jp} JP: {state}{unverified}."
    state = "sasaran tercapai" if balance.met else f"kurang {balance.remaining} JP"
    return f"{balance.earned} JP dari paling sedikit {target.jp} JP: {state}{unverified}."
