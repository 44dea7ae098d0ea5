"""The rules by which a file is recomputed: the national reference of this release, and the agency's own in the file."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from appraisal.domain.periods import local_date
from appraisal.domain.rating import PredicateMatrix
from appraisal.domain.reference import Reference
from appraisal.domain.rules import Rule, RuleBook, RuleKind, problem_of, rule_book
from suar_auditor.file_format import ExplanationFile, RuleInFile
from suar_auditor.words import ZONES

KINDS = {one.value for one in RuleKind}


@dataclass(frozen=True)
class KnownRules:
    file: ExplanationFile
    reference: Reference

    @property
    def day_of_rights(self) -> date:
        """Return the day whose limits hold for the rule of objections: that of the receipt, or of the file."""
        moment = self.file.explanation.rights.received_at or self.file.exported_at
        return local_date(moment, self.file.time_zone) if self.file.time_zone in ZONES else moment.date()

    def day_of(self, kind: RuleKind) -> date:
        is_matrix = kind is RuleKind.PREDICATE_MATRIX
        return self.file.explanation.period.last_day if is_matrix else self.day_of_rights

    def national(self, kind: RuleKind, rule_version: str) -> Rule | None:
        return next((r for r in self.reference.rules if (r.kind, r.rule_version) == (kind, rule_version)), None)

    def in_file(self, kind: RuleKind, rule_version: str) -> RuleInFile | None:
        rules = self.file.rules
        return next((one for one in rules if (one.kind, one.rule_version) == (kind, rule_version)), None)

    @cached_property
    def book(self) -> RuleBook:
        """Return the national rules with the agency's own as the file has them, those that cannot be used left out."""
        return rule_book(self.reference.rules, self._own(), self.reference.limits)

    def pinned(self, rule_version: str) -> RuleBook:
        """Return the book with this version of the rule of objections, which was pinned for the period."""
        return replace(self.book, pinned={RuleKind.OBJECTION: rule_version})

    def matrix(self, rule_version: str) -> PredicateMatrix | None:
        """Return the matrix of this name, or None where neither the file nor the reference has one."""
        found = [one for one in self._matrices() if one.rule_version == rule_version]
        return PredicateMatrix.parse(found[-1].value) if found else None

    def matrices_until(self, day: date) -> list[PredicateMatrix]:
        """Return the matrices that a period with this last day may have."""
        return [PredicateMatrix.parse(one.value) for one in self._matrices() if one.effective_from <= day]

    def _matrices(self) -> list[Rule]:
        return [one for one in self.book.rules if one.kind is RuleKind.PREDICATE_MATRIX]

    def _own(self) -> Iterator[Rule]:
        for one in self.file.rules:
            if one.kind not in KINDS or self.national(RuleKind(one.kind), one.rule_version) is not None:
                continue
            kind = RuleKind(one.kind)
            if problem_of(kind, one.value) is None:
                source = (one.legal_source, one.verified)
                yield Rule(kind, one.rule_version, one.effective_from, one.value, *source)
