"""The civil servant's number: NIP of a PNS, NI PPPK of a contract employee.

18 digits. PNS: birth date, month of CPNS start, sex, sequence. PPPK: birth date, year of first appointment, a two-digit
mark that is no month, sex, sequence. The lay-out is BKN's; there is no check digit. The age limits and the meaning of
the PPPK mark (21 to 29) are unverified, so they stand in `NipRule` and can be replaced.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from personnel.domain.findings import Finding

COLUMN = "nip"
DIGITS = 18
_SHOWN = 4
_SPREADSHEET_NUMBER = re.compile(r"^\d(?:[.,]\d+)?[eE]\+?\d+$")


class NipKind(StrEnum):
    PNS = "PNS"
    PPPK = "PPPK"


class NipOutcome(StrEnum):
    ACCEPTED = "ACCEPTED"
    DOUBTFUL = "DOUBTFUL"
    REFUSED = "REFUSED"


@dataclass(frozen=True)
class NipRule:
    """Limits of a plausible number, with the version that a result can name."""

    version: str = "nip-2026.1"
    youngest_start: int = 18
    oldest_start: int = 60
    oldest_usual_start: int = 40
    pppk_marks: range = range(21, 30)


DEFAULT_RULE = NipRule()


@dataclass(frozen=True)
class NipCheck:
    """The result for one number: its digits, what kind it is, and the remarks."""

    value: str
    kind: NipKind | None
    findings: tuple[Finding, ...]
    rule_version: str

    @property
    def outcome(self) -> NipOutcome:
        if any(finding.refuses for finding in self.findings):
            return NipOutcome.REFUSED
        return NipOutcome.DOUBTFUL if self.findings else NipOutcome.ACCEPTED


@dataclass(frozen=True)
class _Parts:
    born: date
    start_year: int
    mark: int
    sex: str
    sequence: int


def clean_nip(text: str) -> str:
    """Take the blanks of the printed form (8-6-1-3) and the apostrophe of spreadsheets away."""
    return re.sub(r"[\s.'’`-]", "", text) if not _SPREADSHEET_NUMBER.match(text.strip()) else text.strip()


def mask_nip(nip: str) -> str:
    """Show only what distinguishes two numbers, for logs and lists."""
    return f"{'*' * (len(nip) - _SHOWN)}{nip[-_SHOWN:]}" if len(nip) > _SHOWN else "*" * len(nip)


def check_nip(
    text: str,
    *,
    today: date,
    born: date | None = None,
    sex: str | None = None,
    employment_type: str | None = None,
    rule: NipRule = DEFAULT_RULE,
) -> NipCheck:
    """Check a number by the lay-out of NIP (BKN) and NI PPPK.

    Refused: not 18 digits, an impossible date, a month mark that is neither 01-12 nor a PPPK mark, a sex other than 1
    or 2, sequence 000, an age at start outside the limits. Only doubtful: an unusual age, or a number that disagrees
    with the profile, because official data hold such errors.
    """
    nip = clean_nip(text)
    shape = _shape_findings(text, nip)
    if shape:
        return NipCheck(nip, None, shape, rule.version)
    parts, findings = _take_apart(nip)
    if parts is None:
        return NipCheck(nip, None, tuple(findings), rule.version)
    kind = _kind_of(parts.mark, rule)
    if kind is None:
        findings.append(_refuse(nip, "nip_month_wrong", _MONTH))
    if parts.sex not in "12":
        findings.append(_refuse(nip, "nip_sex_wrong", "Angka ke-15 NIP harus 1 (laki-laki) atau 2 (perempuan)."))
    if parts.sequence == 0:
        findings.append(_refuse(nip, "nip_sequence_wrong", "Tiga angka terakhir NIP harus 001 sampai 999."))
    findings.extend(_age_findings(nip, parts, kind, rule, today))
    findings.extend(_profile_findings(nip, parts, kind, born, sex, employment_type))
    return NipCheck(nip, kind, tuple(findings), rule.version)


_MONTH = (
    "Angka ke-13 dan ke-14 NIP harus bulan 01-12 (PNS) atau 21-29 (PPPK). "
    "Periksa NIP pada SK pengangkatan, misalnya 199004172019032005."
)


def _refuse(value: str, code: str, expected: str) -> Finding:
    return Finding(COLUMN, value, code, expected)


def _doubt(value: str, code: str, expected: str) -> Finding:
    return Finding(COLUMN, value, code, f"{expected} Baris tetap diimpor.", refuses=False)


def _shape_findings(text: str, nip: str) -> tuple[Finding, ...]:
    if not nip:
        return (_refuse(text, "nip_missing", "Isi NIP 18 angka, misalnya 199004172019032005."),)
    if _SPREADSHEET_NUMBER.match(nip):
        expected = (
            "NIP rusak karena disimpan sebagai bilangan. Ubah kolomnya menjadi format teks, lalu isi 18 angkanya."
        )
        return (_refuse(text, "nip_saved_as_number", expected),)
    if not (nip.isascii() and nip.isdigit() and len(nip) == DIGITS):
        expected = f"NIP harus 18 angka tanpa huruf; yang terisi {len(nip)} karakter."
        return (_refuse(text, "nip_not_18_digits", expected),)
    return ()


def _take_apart(nip: str) -> tuple[_Parts | None, list[Finding]]:
    try:
        born = date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        expected = "Delapan angka pertama NIP harus tanggal lahir yang ada (TTTTBBHH), misalnya 19900417."
        return None, [_refuse(nip, "nip_birth_date_wrong", expected)]
    return _Parts(born, int(nip[8:12]), int(nip[12:14]), nip[14], int(nip[15:])), []


def _kind_of(mark: int, rule: NipRule) -> NipKind | None:
    if 1 <= mark <= 12:  # noqa: PLR2004 - months of a year
        return NipKind.PNS
    return NipKind.PPPK if mark in rule.pppk_marks else None


def _age_findings(nip: str, parts: _Parts, kind: NipKind | None, rule: NipRule, today: date) -> list[Finding]:
    month = parts.mark if kind is NipKind.PNS else 12
    age = parts.start_year - parts.born.year - (1 if month < parts.born.month else 0)
    if not rule.youngest_start <= age <= rule.oldest_start:
        limits = f"{rule.youngest_start}-{rule.oldest_start} tahun"
        expected = (
            f"Menurut NIP, mulai bekerja pada umur {age}; seharusnya {limits}. Periksa angka tanggal dan tahunnya."
        )
        return [_refuse(nip, "nip_age_impossible", expected)]
    if (parts.start_year, month if kind is NipKind.PNS else 1) > (today.year, today.month):
        expected = "Menurut NIP, pengangkatannya di masa depan; periksa angka ke-9 s.d. ke-14."
        return [_doubt(nip, "nip_start_in_future", expected)]
    if age > rule.oldest_usual_start:
        return [_doubt(nip, "nip_age_unusual", f"Menurut NIP, mulai bekerja pada umur {age}; periksa bila keliru.")]
    return []


def _profile_findings(
    nip: str, parts: _Parts, kind: NipKind | None, born: date | None, sex: str | None, employment_type: str | None
) -> list[Finding]:
    findings = []
    if born is not None and born != parts.born:
        findings.append(_doubt(nip, "nip_birth_date_differs", "Tanggal lahir di NIP tidak sama dengan profil."))
    if sex is not None and sex != parts.sex:
        findings.append(_doubt(nip, "nip_sex_differs", "Jenis kelamin di NIP tidak sama dengan profil."))
    contract = (employment_type or "").startswith("PPPK")
    if employment_type and kind is not None and contract != (kind is NipKind.PPPK):
        expected = f"NIP berpola {kind}, tetapi jenis kepegawaiannya {employment_type}."
        findings.append(_doubt(nip, "nip_kind_differs", expected))
    return findings
