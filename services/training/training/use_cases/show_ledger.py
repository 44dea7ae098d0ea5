"""A person's JP account of a year: entries, target, balance, and how each figure comes about."""

from dataclasses import asdict
from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.domain.jp import Balance, JpTarget, TargetKind, balance_of, target_in_force
from training.persistence import people, records, reference
from training.persistence.rows import View
from training.use_cases.rights import authorise_read


def show_ledger(work: UnitOfWork, actor: Principal, employee_id: UUID, year: int | None) -> View:
    with work.transaction(actor.agency_id) as tx:
        authorise_read(tx, actor, employee_id, "jp_ledger")
        chosen = year if year is not None else people.today(tx).year
        person = people.employee(tx, employee_id)
        employment_type = person.employment_type if person else None
        entries = records.entries(tx, employee_id, chosen)
        target = target_in_force(reference.jp_targets(tx), employment_type, chosen)
        balance = balance_of(sum(entry["jp"] for entry in entries), target)
        per_jp = reference.rule(tx, "MINUTES_PER_JP", people.today(tx))
        return {
            "employee_id": employee_id,
            "year": chosen,
            "employment_type": employment_type,
            "entries": entries,
            "earned_jp": balance.earned,
            "pending_jp": records.pending_jp(tx, employee_id, chosen),
            "target": asdict(target) if target else None,
            "balance_jp": balance.balance,
            "remaining_jp": balance.remaining,
            "met": balance.met,
            "warning": balance.warning,
            "explanation": {
                "sentence": _sentence(balance, target),
                "calculation": _sum(entries, balance),
                "rule": "JP dihitung pada tahun kalender selesainya pelatihan; sertifikat yang dicabut dibalik.",
                "legal_source": target.source if target else "",
                "rule_version": f"{target.from_year}.{target.version}" if target else "",
                "verified": target.verified if target else False,
                "minutes_per_jp": per_jp.value,
                "minutes_per_jp_source": per_jp.source,
                "minutes_per_jp_verified": per_jp.verified,
            },
        }


def _sum(entries: list[View], balance: Balance) -> str:
    parts = " ".join(f"{entry['jp']:+d}" for entry in entries) or "0"
    return f"{parts} = {balance.earned} JP"


def _sentence(balance: Balance, target: JpTarget | None) -> str:
    if target is None:
        return balance.warning
    unverified = "" if target.verified else " (angka sasaran belum diverifikasi)"
    if target.kind is TargetKind.MAX:
        state = "masih dalam batas" if balance.met else "melewati batas"
        return f"{balance.earned} JP dari paling banyak {target.jp} JP: {state}{unverified}."
    state = "sasaran tercapai" if balance.met else f"kurang {balance.remaining} JP"
    return f"{balance.earned} JP dari paling sedikit {target.jp} JP: {state}{unverified}."
