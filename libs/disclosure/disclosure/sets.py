"""The published sets of people: compared in the database, and recorded."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import insert, text

from chassis.ids import new_id
from chassis.records import table_of
from chassis.unit_of_work import Transaction
from disclosure.models import DisclosedSet
from disclosure.publication import Earlier, Ledger
from disclosure.suppression import Units

People = Mapping[UUID, Collection[UUID]]

# Text, because sets are joined as arrays: each earlier set with the units of now, by how many people they share.
_SHARED = text(
    "WITH now AS MATERIALIZED "
    "(SELECT * FROM unnest(CAST(:people AS uuid[]), CAST(:units AS uuid[])) AS n(person, unit)) "
    "SELECT d.set_id, now.unit, count(*) FROM disclosed_set AS d "
    "CROSS JOIN LATERAL unnest(d.people) AS counted(person) "
    "JOIN now ON now.person = counted.person WHERE d.quantity = :quantity AND d.published_on >= :since "
    "GROUP BY d.set_id, now.unit"
)
_SIZES = text(
    "SELECT publication_id, report, set_id, cardinality(people) FROM disclosed_set "
    "WHERE quantity = :quantity AND published_on >= :since"
)
# One publication of a quantity after another: each is compared with those that were committed before it.
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('disclosed ' || :agency || ' ' || :quantity, 0))")


@dataclass(frozen=True)
class Publication:
    """One publication of a quantity. Quantities are compared with themselves only."""

    quantity: str
    publication_id: UUID
    published_on: date


def ledger_of(tx: Transaction, quantity: str, since: date, people: People) -> Ledger:
    """Compare the people of each unit with what was published of a quantity since a day, and lock out others."""
    tx.session.execute(_LOCK, {"agency": tx.agency_id, "quantity": quantity})
    wanted = {"quantity": quantity, "since": since}
    sizes: dict[tuple[UUID, int], dict[int, int]] = defaultdict(dict)
    place: dict[UUID, tuple[tuple[UUID, int], int]] = {}
    for number, (publication, report, set_id, count) in enumerate(tx.session.execute(_SIZES, wanted)):
        place[set_id] = ((publication, report), number)
        sizes[publication, report][number] = count
    pairs = [(person, unit) for unit, inside in people.items() for person in inside]
    now = {"people": [person for person, _ in pairs], "units": [unit for _, unit in pairs]}
    shared: dict[tuple[UUID, int], dict[UUID, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for set_id, unit, count in tx.session.execute(_SHARED, {**wanted, **now}) if place else ():
        report_of, number = place[set_id]
        shared[report_of][unit][number] = count
    counts = {unit: len(inside) for unit, inside in people.items()}
    return Ledger(counts, [Earlier(found, shared[key]) for key, found in sizes.items()])


def record_sets(tx: Transaction, publication: Publication, reports: Iterable[frozenset[Units]], people: People) -> None:
    """Record which sets of people the shown figures tell apart; the same sets of two reports are recorded once."""
    rows = [
        {
            "set_id": new_id(),
            "agency_id": tx.agency_id,
            **vars(publication),
            "report": number,
            "people": sorted(person for unit in rest for person in people.get(unit, ())),
        }
        for number, rests in enumerate(sorted(set(reports), key=lambda sets: sorted(map(sorted, sets))))
        for rest in rests
    ]
    if rows:
        tx.session.execute(insert(table_of(DisclosedSet)), rows)
