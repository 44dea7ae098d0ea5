"""The hash of the file, over everything else in it."""

from appraisal.domain.canonical import digest_of
from suar_auditor.file_format import ExplanationFile
from suar_auditor.findings import Check, Checks


def check_seals(file: ExplanationFile) -> Checks:
    right = digest_of({name: value for name, value in file.raw.items() if name != "sha256"})
    yield Check.same("file_hash", "Sidik berkas (SHA-256)", file.sha256, right)
