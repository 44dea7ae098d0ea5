"""What a rating rested on, frozen when it was made, under a hash that anybody with the content can compute again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta

from appraisal.domain.canonical import digest_of
from appraisal.domain.evaluation import Evaluation, RatingRecord
from appraisal.domain.evaluation_item import EvaluationItem
from appraisal.domain.item_views import EvaluationItemView
from appraisal.domain.rating import PredicateMatrix
from appraisal.domain.rating_inputs import GatheredInputs, RatingInputs
from appraisal.domain.rules import RuleKind
from appraisal.domain.segment_rating import RatedSegmentView, SegmentRating
from appraisal.domain.setting import AgencySetting
from appraisal.domain.spans import Days
from appraisal.domain.values import Capacity, RatingLevel
from chassis.views import view_of
from directory.performance import Predicate

FORMAT = 1


RatedThing = Evaluation | SegmentRating


@dataclass(frozen=True)
class RatedRevision:
    """A rating that is made: what it leaves, its record, and what was found for single results.

    `correction_order_id` is the order that makes it. A rating of days until a move is made once, as revision 1.
    """

    evaluation: RatedThing
    record: RatingRecord
    items: tuple[EvaluationItem, ...] = ()
    correction_order_id: UUID | None = None

    @property
    def days(self) -> Days:
        return self.evaluation if isinstance(self.evaluation, SegmentRating) else self.evaluation.period


@dataclass(frozen=True)
class PlanUsed:
    """The version of the plan by which it was rated, with the hash of its content."""

    id: UUID
    version: int
    sha256: str | None


@dataclass(frozen=True)
class PeriodUsed:
    """A period, and the first and last day of it in service; null: the whole period."""

    year: int
    quarter: int | None
    month: int | None
    first_day: date
    last_day: date
    first_day_in_service: date | None
    last_day_in_service: date | None
    time_zone: str


@dataclass(frozen=True)
class RatingGiven:
    """The rating itself, as whom it was made, and why."""

    work_result: RatingLevel
    behaviour: RatingLevel
    work_result_note: str
    behaviour_note: str
    predicate: Predicate
    capacity: Capacity
    reason: str
    order_reference: str


@dataclass(frozen=True)
class RuleUsed:
    """The matrix as it was applied, within the national limits, and where it comes from."""

    rule_version: str
    effective_from: date
    legal_source: str
    verified: bool
    matrix: dict[str, Any]

    @classmethod
    def of(cls, setting: AgencySetting, evaluation: RatedThing, rule_version: str) -> "RuleUsed":
        """Return the matrix that a rating names, or the one in force when the period ended.

        One that goes beyond a national limit is taken within it, unless the rating was made before there were limits.
        """
        matrices = [rule for rule in setting.rules.rules if rule.kind is RuleKind.PREDICATE_MATRIX]
        named = [rule for rule in matrices if rule.rule_version == rule_version]
        rule = named[-1] if named else setting.rules.on(RuleKind.PREDICATE_MATRIX, evaluation.period.last_day)
        rating = evaluation.rating
        if PredicateMatrix.parse(rule.value).cells[rating.levels] is not rating.predicate:
            rule = setting.rules.within_limits(rule, evaluation.period.last_day)
        return view_of(cls, rule, matrix=rule.value)


@dataclass(frozen=True, kw_only=True)
class RatingBasis(RatingInputs):
    """Everything that a revision of an evaluation rested on: no name, and of words those that are shown.

    So it is of a rating of days until a move: its id and these days then stand for the evaluation's, and 1 for its
    revision.
    """

    format: int
    evaluation_id: UUID
    revision: int
    rated_at: datetime
    period: PeriodUsed
    plan: PlanUsed
    rating: RatingGiven
    rule: RuleUsed
    correction_order_id: UUID | None
    items: tuple[EvaluationItem, ...] = ()

    @classmethod
    def of(cls, setting: AgencySetting, rated: RatedRevision, inputs: GatheredInputs) -> "RatingBasis":
        one, record = rated.evaluation, rated.record
        return view_of(
            cls,
            inputs,
            format=FORMAT,
            evaluation_id=one.id,
            revision=record.revision,
            rated_at=record.at,
            period=view_of(
                PeriodUsed,
                one.period,
                setting,
                first_day_in_service=one.first_day,
                last_day_in_service=one.last_day,
            ),
            plan=PlanUsed(one.plan_id, record.plan_version, inputs.plan_sha256),
            rating=view_of(RatingGiven, record),
            rule=RuleUsed.of(setting, one, record.rule_version),
            correction_order_id=rated.correction_order_id,
            items=rated.items,
        )

    def is_of(self, record: RatingRecord) -> bool:
        """Return whether it is what this rating says of itself."""
        named = (self.evaluation_id, self.revision, self.rated_at, self.plan.version, self.rule.rule_version)
        stored = (record.evaluation_id, record.revision, record.at, record.plan_version, record.rule_version)
        return named == stored and self.rating == view_of(RatingGiven, record)


@dataclass(frozen=True)
class FrozenBasis:
    """A basis as it is stored."""

    evaluation_id: UUID
    revision: int
    sha256: str
    content: dict[str, Any]

    @classmethod
    def of(cls, basis: RatingBasis) -> "FrozenBasis":
        content = msgspec.json.decode(msgspec.json.encode(basis))
        return cls(basis.evaluation_id, basis.revision, digest_of(content), content)

    def read(self) -> RatingBasis | None:
        """Return the basis; None for one of a later format, or which somebody has made unlike any."""
        try:
            found = msgspec.convert(self.content, RatingBasis)
        except msgspec.ValidationError:
            return None
        return found if found.format == FORMAT else None

    def is_intact(self, record: RatingRecord | None) -> bool:
        """Return whether the content has its hash, and is that of the rating beside which it stands.

        Of one that cannot be read that is not known, so it is not called intact.
        """
        found = self.read()
        if found is None or record is None or digest_of(self.content) != self.sha256:
            return False
        return found.is_of(record)


@dataclass(frozen=True)
class RatingBasisView:
    """The basis of one revision: `sha256` is `canonical.digest_of(content)`."""

    revision: int
    sha256: Annotated[str, Meta(description="of `content` as PostgreSQL writes jsonb, in UTF-8")]
    content: dict[str, Any]
    intact: Annotated[bool, Meta(description="false: content, hash or rating were changed since, or are not readable")]


@dataclass(frozen=True)
class ExplainedSegmentView:
    """What a rating of days until a move says of every result and value, and what it rested on."""

    segment_rating_id: UUID
    items: tuple[EvaluationItemView, ...]
    basis: Annotated[RatingBasisView | None, Meta(description="null: rated before bases of these were kept")]

    @classmethod
    def of(cls, rated: RatedSegmentView, frozen: Iterable[FrozenBasis]) -> "ExplainedSegmentView":
        own = next((one for one in frozen if one.evaluation_id == rated.id), None)
        if own is None:
            return cls(rated.id, rated.items, None)
        found = own.read()
        record = rated.record("" if found is None else found.rule.rule_version)
        return cls(rated.id, rated.items, view_of(RatingBasisView, own, intact=own.is_intact(record)))


def bases_shown(frozen: Iterable[FrozenBasis], records: Sequence[RatingRecord]) -> tuple[RatingBasisView, ...]:
    """Return the bases of an evaluation, each compared with its hash and with the rating that stands beside it."""
    made = {record.revision: record for record in records}
    return tuple(view_of(RatingBasisView, one, intact=one.is_intact(made.get(one.revision))) for one in frozen)


def items_frozen(frozen: Iterable[FrozenBasis]) -> dict[int, tuple[EvaluationItem, ...]]:
    """Return the items of each revision whose basis can be read."""
    return {one.revision: basis.items for one in frozen if (basis := one.read()) is not None}


def basis_of(frozen: Iterable[FrozenBasis], record: RatingRecord) -> RatingBasis | None:
    """Return the basis of a rating, where it was frozen."""
    found = [one.read() for one in frozen if one.revision == record.revision]
    return found[0] if found else None
