"""What was found for one work result, or for one value of conduct: the content of an evaluation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from appraisal.domain.periods import Period
from appraisal.domain.plan_content import Content, not_in_plan
from appraisal.domain.values import BehaviourValue
from chassis.errors import FieldError, InvalidInput

Target = UUID | BehaviourValue
ONE_TARGET = "tepat satu: work_result_id atau behaviour_value"


@dataclass(frozen=True, kw_only=True)
class EvaluationItem:
    """Exactly one of `work_result_id` and `behaviour_value` is set.

    `realisation` is what was achieved, in words; it rests on the entries of the log and the feedback that are named.
    """

    work_result_id: UUID | None = None
    behaviour_value: BehaviourValue | None = None
    realisation: str = ""
    remark: str = ""
    progress_ids: tuple[UUID, ...] = ()
    feedback_ids: tuple[UUID, ...] = ()

    @property
    def target(self) -> Target | None:
        return self.behaviour_value if self.work_result_id is None else self.work_result_id

    @property
    def names_evidence(self) -> bool:
        return bool(self.progress_ids or self.feedback_ids)

    @property
    def says_something(self) -> bool:
        return self.names_evidence or bool(self.realisation.strip() or self.remark.strip())

    def differs_from(self, stored: "EvaluationItem") -> bool:
        """Return whether it says something else. Without named evidence its words count alone: more may be recorded."""
        if (self.realisation, self.remark) != (stored.realisation, stored.remark):
            return True
        named = set(self.progress_ids), set(self.feedback_ids)
        return self.names_evidence and named != (set(stored.progress_ids), set(stored.feedback_ids))


@dataclass(frozen=True, kw_only=True)
class StoredItem(EvaluationItem):
    """An item as it was given with a rating."""

    id: UUID
    evaluation_id: UUID
    revision: int


@dataclass(frozen=True)
class Recorded:
    """The ids of what was recorded of a person in a period, by the result or the value that it is about."""

    progress: Mapping[Target, tuple[UUID, ...]] = field(default_factory=dict)
    feedback: Mapping[Target, tuple[UUID, ...]] = field(default_factory=dict)

    def under(self, item: EvaluationItem) -> EvaluationItem:
        """Return an item with the evidence that it names, or else with all that is on its result or value."""
        target = item.target
        if item.names_evidence or target is None:
            named = tuple(dict.fromkeys(item.progress_ids)), tuple(dict.fromkeys(item.feedback_ids))
        else:
            named = self.progress.get(target, ()), self.feedback.get(target, ())
        return replace(item, progress_ids=named[0], feedback_ids=named[1])

    def faults(self, item: EvaluationItem, where: str, period: Period | str) -> Iterator[FieldError]:
        """Return each id that is not of this person and this period."""
        for name, ids, known, what in (
            ("progress_ids", item.progress_ids, self.progress, "catatan harian"),
            ("feedback_ids", item.feedback_ids, self.feedback, "umpan balik"),
        ):
            recorded = {one for those in known.values() for one in those} if ids else set()
            for at, one in enumerate(ids):
                if one not in recorded:
                    expected = f"id {what} tentang pegawai ini dalam periode {period}"
                    yield FieldError(f"{where}.{name}.{at}", "not_of_period", str(one), expected)


@dataclass(frozen=True)
class ItemSources:
    """What the items of a rating may be about and rest on, and those that stand, each by employee.

    `period` is what people are answered of it: the period, or the days until a move in words.
    """

    period: Period | str
    contents: Mapping[UUID, Content] = field(default_factory=dict)
    recorded: Mapping[UUID, Recorded] = field(default_factory=dict)
    standing: Mapping[UUID, Sequence[EvaluationItem]] = field(default_factory=dict)

    def items(self, employee_id: UUID, sent: Sequence[EvaluationItem]) -> tuple[EvaluationItem, ...]:
        """Return the items that say something, with what they rest on. Raise InvalidInput with every fault."""
        recorded = self.recorded.get(employee_id, Recorded())
        if faults := list(self._faults(sent, self.contents.get(employee_id), recorded)):
            raise InvalidInput(errors=faults)
        return tuple(recorded.under(item) for item in sent if item.says_something)

    def are_others(self, employee_id: UUID, sent: Sequence[EvaluationItem]) -> bool:
        """Return whether what is sent differs from what stands; whoever sends nothing leaves it."""
        found = {item.target: item for item in sent if item.says_something}
        standing = {item.target: item for item in self.standing.get(employee_id, ())}
        if not found:
            return False
        return found.keys() != standing.keys() or any(
            item.differs_from(standing[target]) for target, item in found.items()
        )

    def _faults(
        self, sent: Sequence[EvaluationItem], content: Content | None, recorded: Recorded
    ) -> Iterator[FieldError]:
        """Return what is wrong: one item for each result of the version that is rated, or value, and its evidence."""
        seen: set[Target] = set()
        for index, item in enumerate(sent):
            where, target = f"items.{index}", item.target
            name = "behaviour_value" if item.work_result_id is None else "work_result_id"
            if target is None or (item.work_result_id and item.behaviour_value):
                value = None if target is None else str(target)
                yield FieldError(f"{where}.work_result_id", "one_target", value, ONE_TARGET)
            elif target in seen:
                yield FieldError(f"{where}.{name}", "repeated", str(target), "masing-masing satu kali")
            elif isinstance(target, UUID) and (content is None or target not in content.result_ids):
                yield not_in_plan(f"{where}.work_result_id", target)
            seen |= set() if target is None else {target}
            yield from recorded.faults(item, where, self.period)
