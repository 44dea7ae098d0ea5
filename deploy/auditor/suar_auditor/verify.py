"""All checks of one file."""

from functools import cache
from importlib.resources import files

from appraisal.domain.reference import Reference
from suar_auditor.checks.bases import check_bases
from suar_auditor.checks.history import check_history
from suar_auditor.checks.periods import check_period
from suar_auditor.checks.rights import check_rights
from suar_auditor.checks.rules import check_rules
from suar_auditor.checks.seals import check_seals
from suar_auditor.checks.segments import check_segments
from suar_auditor.file_format import ExplanationFile
from suar_auditor.findings import Check
from suar_auditor.known_rules import KnownRules
from suar_auditor.reading import FileMalformed


def verify(file: ExplanationFile, reference: Reference | None = None) -> tuple[Check, ...]:
    """Return what each check found. Raise FileMalformed where a date lies beyond what can be counted."""
    known = KnownRules(file, reference or national_reference())
    try:
        return (
            *check_seals(file),
            *check_bases(known),
            *check_rules(known),
            *check_history(known),
            *check_period(known),
            *check_segments(known),
            *check_rights(known),
        )
    except OverflowError:
        raise FileMalformed("isi berkas memuat tanggal atau bilangan hari di luar jangkauan.") from None
    except RecursionError:
        raise FileMalformed("isi berkas terlalu dalam bersarang.") from None


@cache
def national_reference() -> Reference:
    """Return the national rules of this release. They lie with the service that applies them, as data."""
    text = files("appraisal").joinpath("persistence", "reference.toml").read_text(encoding="utf-8")
    return Reference.parse(text)
