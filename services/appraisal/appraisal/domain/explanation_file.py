"""An explanation as a file that somebody without Suar's servers recomputes: `./suar explain verify`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta

from appraisal.domain.canonical import digest_of
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.explanation import ExplanationView
from appraisal.domain.rules import Rule, RuleKind, RuleSourceView
from appraisal.domain.setting import AgencySetting
from chassis.views import view_of

# The number rises when a reader of the former form would misread the new one; a further field does not raise it.
FORMAT_NAME, FORMAT_NUMBER = "suar-explanation", 1
FORMAT = f"{FORMAT_NAME}/{FORMAT_NUMBER}"


@dataclass(frozen=True)
class RuleInFileView(RuleSourceView):
    """A version of a rule with its value, within the national limits of its day."""

    kind: RuleKind
    value: dict[str, Any]


@dataclass(frozen=True)
class ExplanationFileView:
    """An explanation, and every rule that recomputing it needs: two of the same state differ by the time alone."""

    format: str
    agency: str
    time_zone: str
    exported_at: datetime
    explanation: ExplanationView
    rules: tuple[RuleInFileView, ...]
    sha256: Annotated[str, Meta(description="of the canonical form of all other fields")]

    @classmethod
    def of(
        cls, agency: str, setting: AgencySetting, evaluation: Evaluation, explanation: ExplanationView, now: datetime
    ) -> "ExplanationFileView":
        used = explanation.rule.rule_version
        content: dict[str, Any] = {
            "format": FORMAT,
            "agency": agency,
            "time_zone": setting.time_zone,
            "exported_at": now,
            "explanation": explanation,
            "rules": tuple(view_of(RuleInFileView, one) for one in _rules(setting, evaluation, used)),
        }
        return cls(**content, sha256=digest_of(content))


def _rules(setting: AgencySetting, evaluation: Evaluation, used: str) -> Iterator[Rule]:
    """Return each matrix that a period of the year may have had, the one that was used, and of an annual evaluation
    each version of the rule of objections, which hold from the receipt on.
    """
    last_day, received = evaluation.period.last_day, evaluation.received_at
    day = setting.today if received is None else setting.local_date(received)
    for one in setting.rules.rules:
        if one.kind is RuleKind.PREDICATE_MATRIX and (one.effective_from <= last_day or one.rule_version == used):
            yield setting.rules.within_limits(one, last_day)
        elif one.kind is RuleKind.OBJECTION and one.effective_from <= setting.today and evaluation.period.is_year:
            yield setting.rules.within_limits(one, day)
