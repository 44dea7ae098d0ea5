"""Drawing a sample that anybody can draw again: SHA256_RANK_1.

Each evaluation has a rank, the SHA-256 of `<seed>:<id of the evaluation>` in hexadecimal; those of the lowest ranks are
drawn. By predicate, each stratum is drawn like this by itself: its share of the sample is proportional, by largest
remainder, and at least one where the sample has room for one of each. `population_hash` is the SHA-256 of the lines
`<id>;<predicate>` of all evaluations that could be drawn, in the order of the ids and joined by line feeds, so that a
later draw of the same seed can show that it had the same population.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from uuid import UUID

from appraisal.domain.oversight_errors import SampleTooLarge
from directory.performance import Predicate

ALGORITHM = "SHA256_RANK_1"
MOST_MEMBERS = 5000


@dataclass(frozen=True)
class Candidate:
    """An evaluation that may be drawn."""

    evaluation_id: UUID
    employee_id: UUID
    predicate: Predicate


@dataclass(frozen=True)
class SampleSize:
    """A number of evaluations, or a share of the population, which is rounded up."""

    size: int | None = None
    share: Decimal | None = None

    def of(self, population: int) -> int:
        """Return how many are drawn: none of nothing. Raise SampleTooLarge."""
        if population == 0:
            return 0
        wanted = self.size or 0
        if self.share is not None:
            wanted = int((self.share * population).to_integral_value(ROUND_CEILING))
        most = min(population, MOST_MEMBERS)
        if wanted > most:
            raise SampleTooLarge(wanted=wanted, most=most, population=population)
        return wanted


@dataclass(frozen=True)
class Stratum:
    """How many evaluations of a predicate there were, and how many of them were drawn."""

    predicate: Predicate
    population: int
    drawn: int


@dataclass(frozen=True)
class Draw:
    members: tuple[Candidate, ...]
    strata: tuple[Stratum, ...]
    population: int
    population_hash: str


def draw(population: Collection[Candidate], size: int, seed: str, *, by_predicate: bool) -> Draw:
    """Return the members by their ranks, with what they were drawn from."""
    ranked = sorted(population, key=lambda one: rank_of(seed, one.evaluation_id))
    counts = Counter(one.predicate for one in ranked)
    if by_predicate:
        left = Counter(shares_of(counts, size))
        members = []
        for one in ranked:
            if left[one.predicate]:
                left[one.predicate] -= 1
                members.append(one)
    else:
        members = ranked[:size]
    drawn = Counter(one.predicate for one in members)
    strata = tuple(Stratum(one, counts[one], drawn[one]) for one in Predicate if counts[one])
    return Draw(tuple(members), strata, len(ranked), population_hash_of(population))


def rank_of(seed: str, evaluation_id: UUID) -> str:
    return hashlib.sha256(f"{seed}:{evaluation_id}".encode()).hexdigest()


def population_hash_of(population: Collection[Candidate]) -> str:
    lines = sorted(f"{one.evaluation_id};{one.predicate}" for one in population)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def shares_of(counts: Mapping[Predicate, int], size: int) -> dict[Predicate, int]:
    """Return how many of each predicate a sample of a size has, by largest remainder; ties go to the better one."""
    strata = [one for one in Predicate if counts.get(one)]
    total = sum(counts[one] for one in strata)
    exact = {one: Decimal(size * counts[one]) / total for one in strata}
    least = 1 if size >= len(strata) else 0
    shares = {one: max(least, int(exact[one])) for one in strata}
    while (missing := size - sum(shares.values())) != 0:
        step = 1 if missing > 0 else -1
        movable = [one for one in strata if (shares[one] < counts[one] if step > 0 else shares[one] > least)]
        chosen = max(movable, key=lambda one: step * (exact[one] - shares[one]))
        shares[chosen] += step
    return shares
