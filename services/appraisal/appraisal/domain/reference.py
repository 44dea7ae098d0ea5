"""The national reference data as a text: read by the service, and by whoever recomputes a result without it."""

import tomllib
from dataclasses import dataclass

from appraisal.domain.rules import NationalLimit, Rule, RuleKind


@dataclass(frozen=True)
class Reference:
    """What holds where an agency has set nothing of its own, and the limits that no agency's own rule goes beyond."""

    rules: tuple[Rule, ...]
    limits: tuple[NationalLimit, ...]

    @classmethod
    def parse(cls, text: str) -> "Reference":
        rows = tomllib.loads(text)
        return cls(
            rules=tuple(Rule(**{**row, "kind": RuleKind(row["kind"])}) for row in rows["rule"]),
            limits=tuple(NationalLimit(**{**row, "kind": RuleKind(row["kind"])}) for row in rows["limit"]),
        )
