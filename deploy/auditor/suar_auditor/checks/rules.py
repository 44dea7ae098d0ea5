"""The rules that a file brings: the national ones are the reference's, an agency's own keep to the national limits."""

from collections import Counter

from appraisal.domain.rules import RuleKind, problem_of
from suar_auditor import words
from suar_auditor.file_format import RuleInFile, RuleSource
from suar_auditor.findings import Check, Checks
from suar_auditor.known_rules import KINDS, KnownRules

_SOURCE = ("effective_from", "legal_source", "verified")


def check_rules(known: KnownRules) -> Checks:
    for (kind, version), times in Counter((one.kind, one.rule_version) for one in known.file.rules).items():
        if times > 1:
            subject, stated = f"Aturan {kind} {version}", f"tertulis {times} kali"
            yield Check.of("rule_once", subject, agrees=False, stated=stated, right="satu kali")
    for one in known.file.rules:
        subject = f"Aturan {one.kind} {one.rule_version}"
        if one.kind in KINDS:
            yield _rule(known, one, RuleKind(one.kind), subject)
        else:
            yield Check.of("rule", subject, agrees=False, stated=one.kind, right="jenis aturan yang dikenal Suar ini")
    explanation = known.file.explanation
    yield _named(known, RuleKind.PREDICATE_MATRIX, explanation.rule, explanation.rule.matrix)
    yield Check.same(
        "rule_used", "Matriks yang dipakai", explanation.rule.rule_version, explanation.latest.rule_version
    )
    is_in_time = explanation.rule.effective_from <= explanation.period.last_day
    since, until = words.day(explanation.rule.effective_from), words.day(explanation.period.last_day)
    right = f"paling lambat {until}, hari terakhir periode"
    yield Check.of("rule_day", "Matriks berlaku sejak", agrees=is_in_time, stated=since, right=right)
    if explanation.rights.rule is not None:
        yield _named(known, RuleKind.OBJECTION, explanation.rights.rule, None)


def _rule(known: KnownRules, rule: RuleInFile, kind: RuleKind, subject: str) -> Check:
    national = known.national(kind, rule.rule_version)
    if national is not None:
        wrong = [name for name in ("value", *_SOURCE) if getattr(rule, name) != getattr(national, name)]
        stated = f"berbeda pada {', '.join(wrong)}" if wrong else "aturan nasional"
        return Check.of("rule", subject, agrees=not wrong, stated=stated, right="sama dengan rujukan nasional Suar")
    right = "aturan milik instansi, dalam batas nasional"
    if not rule.rule_version.startswith(f"{known.file.agency}/"):
        stated = f"bukan rujukan nasional Suar ini, dan bukan milik {known.file.agency}"
        return Check.of("rule", subject, agrees=False, stated=stated, right=f"rujukan nasional, atau {right}")
    problem = problem_of(kind, rule.value)
    if problem is not None:
        return Check.of("rule", subject, agrees=False, stated=f"tidak dapat dipakai ({problem})", right=right)
    limits = known.book.limits_on(kind, known.day_of(kind))
    faults = [fault for one in limits if (fault := one.fault(rule.value)) is not None]
    stated = "; ".join(f"{one.field} {one.value} melampaui batas nasional: {one.expected}" for one in faults)
    return Check.of("rule", subject, agrees=not faults, stated=stated or right, right=right)


def _named(known: KnownRules, kind: RuleKind, source: RuleSource, matrix: dict[str, object] | None) -> Check:
    """Compare a rule as the explanation names it with the one of this version among the file's rules."""
    subject, right = f"Aturan {kind} dalam penjelasan", f"sama dengan aturan {source.rule_version} pada berkas"
    found = known.in_file(kind, source.rule_version)
    if found is None:
        stated = f"{source.rule_version} tidak ada pada daftar aturan berkas"
        return Check.of("rule_named", subject, agrees=False, stated=stated, right=right)
    wrong = [name for name in _SOURCE if getattr(source, name) != getattr(found, name)]
    wrong += ["matrix"] if matrix is not None and matrix != found.value else []
    stated = f"berbeda pada {', '.join(wrong)}" if wrong else "sama"
    return Check.of("rule_named", subject, agrees=not wrong, stated=stated, right=right)
