"""Links from a plan's results to those of the superior's plan (cascade, PermenPANRB 6/2022): beside the versions.

Linking changes no version, so the cascade is completed when the superior has a plan, whatever was agreed before.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from appraisal.domain.plan_content import LEFT_OPEN, Content, ContentDraft, content_problems, not_in_plan
from appraisal.domain.values import ResultKind
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.views import view_of

_NOT_ENDED = {"ended_by": None, "ended_at": None}


@dataclass(frozen=True)
class Link:
    """A work result, and the superior's result that it supports."""

    work_result_id: UUID
    parent_work_result_id: UUID


@dataclass(frozen=True)
class OfferedResult:
    """A result of the superior that may be supported: of the version in force, or of one that is submitted."""

    plan_id: UUID
    plan_version: int
    id: UUID
    kind: ResultKind
    title: str


@dataclass(frozen=True)
class ResultLink:
    """Who has linked a result to which one, and when; an ended link stays on record.

    What an earlier release has linked names no person, and what it links while it runs beside names no plan.
    """

    id: UUID
    plan_id: UUID
    work_result_id: UUID
    parent_work_result_id: UUID
    parent_plan_id: UUID | None
    parent_version: int | None
    linked_by: UUID | None
    linked_at: datetime
    ended_by: UUID | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class DraftLink:
    """What a revision makes of a result's link, from the moment on at which it is agreed; no parent ends the link."""

    plan_id: UUID
    work_result_id: UUID
    parent_work_result_id: UUID | None
    parent_plan_id: UUID | None
    parent_version: int | None
    linked_by: UUID | None
    linked_at: datetime


@dataclass(frozen=True)
class LinkChanges:
    ended: tuple[ResultLink, ...] = ()
    made: tuple[ResultLink, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        touched = dict.fromkeys(link.work_result_id for link in (*self.ended, *self.made))
        return tuple(f"work_results.{one}.parent_work_result_id" for one in touched)

    def drafted(self, now: datetime) -> tuple[DraftLink, ...]:
        """Return them as those of a revision."""
        ends = {
            one.work_result_id: DraftLink(one.plan_id, one.work_result_id, None, None, None, one.ended_by, now)
            for one in self.ended
        }
        return tuple((ends | {one.work_result_id: view_of(DraftLink, one) for one in self.made}).values())


def links_of(draft: ContentDraft, content: Content) -> tuple[Link, ...]:
    """Return the links that came with a content."""
    pairs = zip(draft.work_results, content.work_results, strict=True)
    return tuple(
        Link(made.id, sent.parent_work_result_id) for sent, made in pairs if sent.parent_work_result_id is not None
    )


def wanted_of(content: Content, links: Sequence[Link]) -> dict[UUID, UUID | None]:
    """Return which parent each result of a content is to have: a result that names none has none."""
    return {**dict.fromkeys(result.id for result in content.work_results), **parents_of(links)}


def parents_of(links: Sequence[Link]) -> dict[UUID, UUID | None]:
    return {link.work_result_id: link.parent_work_result_id for link in links}


@dataclass(frozen=True)
class Linking:
    """The open links of a plan, and what the superior offers; says what is right and what changes.

    `drafts` are those of a revision, which are not open before it is agreed.
    """

    plan_id: UUID
    open: tuple[ResultLink, ...] = ()
    offered: tuple[OfferedResult, ...] = ()
    drafts: tuple[DraftLink, ...] = ()

    @property
    def of_draft(self) -> "Linking":
        """Return it as it will be once the revision is agreed."""
        changed = {one.work_result_id for one in self.drafts}
        kept = tuple(one for one in self.open if one.work_result_id not in changed)
        made = (view_of(ResultLink, one, id=new_id(), **_NOT_ENDED) for one in self.drafts if one.parent_work_result_id)
        return replace(self, open=(*kept, *made), drafts=())

    @property
    def parents(self) -> Mapping[UUID, UUID]:
        return {link.work_result_id: link.parent_work_result_id for link in self.open}

    @property
    def parent_titles(self) -> Mapping[UUID, str]:
        """Return the titles of the results that are supported, by the own ones' ids, without dangling ones."""
        titles = {result.id: result.title for result in self.offered}
        return {own: titles[parent] for own, parent in self.parents.items() if parent in titles}

    @property
    def offered_ids(self) -> frozenset[UUID]:
        return frozenset(result.id for result in self.offered)

    def require_valid(
        self, content: Content, links: Sequence[Link], *, high_leader: bool, taken_over: bool = False
    ) -> None:
        """Raise InvalidInput with everything that contradicts the form of an SKP or the superior's plan.

        What a content that was `taken_over` leaves open is given before it is submitted.
        """
        found = content_problems(content, high_leader=high_leader)
        faults = [one for one in found if not (taken_over and one.code in LEFT_OPEN)]
        places = {result.id: f"work_results.{at}" for at, result in enumerate(content.work_results)}
        for link in links:
            where = f"{places[link.work_result_id]}.parent_work_result_id"
            if high_leader:
                expected = "kosong: SKP JPT tidak mengintervensi"
                faults.append(FieldError(where, "parent_not_used", str(link.parent_work_result_id), expected))
            else:
                faults += self._not_offered(link, where)
        if faults:
            raise InvalidInput(errors=faults)

    def require_linkable(self, contents: Collection[Content], links: Sequence[Link]) -> None:
        """Raise InvalidInput with every wrong link of results that one of these contents holds."""
        own = {result.id: result for content in contents for result in content.work_results}
        faults: list[FieldError] = []
        for at, link in enumerate(links):
            result = own.get(link.work_result_id)
            if result is None:
                faults.append(not_in_plan(f"links.{at}.work_result_id", link.work_result_id))
            elif result.perspective is not None:
                expected = "hasil kerja tanpa perspektif; SKP JPT tidak mengintervensi"
                faults.append(FieldError(f"links.{at}.work_result_id", "parent_not_used", str(result.id), expected))
            faults += self._not_offered(link, f"links.{at}.parent_work_result_id")
        if faults:
            raise InvalidInput(errors=faults)

    def changed(self, wanted: Mapping[UUID, UUID | None], by: UUID | None, now: datetime) -> LinkChanges:
        """Return what is to be written so that these results have these parents; None ends a link."""
        offered = {result.id: result for result in self.offered}
        before = {link.work_result_id: link for link in self.open}
        ended, made = [], []
        for result_id, parent_id in wanted.items():
            link = before.get(result_id)
            if (None if link is None else link.parent_work_result_id) == parent_id:
                continue
            if link is not None:
                ended.append(replace(link, ended_by=by, ended_at=now))
            if parent_id is not None:
                parent = offered[parent_id]
                made.append(
                    ResultLink(
                        new_id(), self.plan_id, result_id, parent_id, parent.plan_id, parent.plan_version, by, now
                    )
                )
        return LinkChanges(tuple(ended), tuple(made))

    def without_drafts(self, links: Sequence[Link]) -> "Linking":
        """Return it without what a revision makes of these results."""
        named = {link.work_result_id for link in links}
        return replace(self, drafts=tuple(one for one in self.drafts if one.work_result_id not in named))

    def with_changes(self, changes: LinkChanges) -> "Linking":
        """Return it after these changes."""
        ended = {link.id for link in changes.ended}
        return replace(self, open=(*(one for one in self.open if one.id not in ended), *changes.made))

    def _not_offered(self, link: Link, where: str) -> Iterator[FieldError]:
        """A parent must be in a version that the superior has submitted or agreed; a link that is there may stay."""
        parent = link.parent_work_result_id
        if parent not in self.offered_ids and self.parents.get(link.work_result_id) != parent:
            expected = (
                "hasil kerja dari SKP atasan tahun yang sama yang sudah diajukan; kosongkan bila belum ada, "
                "lalu tautkan kemudian"
            )
            yield FieldError(where, "not_in_superiors_plan", str(parent), expected)
