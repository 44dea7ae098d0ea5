"""A table of who may do what: one row for each thing that can be asked of an object, held against what is answered."""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from werkzeug.test import TestResponse

from chassis.auth import Access, Principal, access_of
from testkit.service import Client, ServiceUnderTest
from tests.access.personas import EXTERNAL, FOREIGN, HR_OWNER, OWNER, RELATIONS, Personas

IN, REFUSED, UNKNOWN, NOTHING = "in", "refused", "unknown", "nothing"


@dataclass(frozen=True)
class Row:
    """`may` names the relations that are let in; everybody else is refused, and another agency finds nothing.

    `call` and `body` name objects of the scene in braces; `at` says which object stands for a path parameter.
    `finds` is a text that the answer holds for those in `may` and for nobody else (the others may get an empty list).
    `hidden` get a 404. `own` is the answer to an HR officer whose own object it is, where that
    is not what follows from the two. `given` are steps made just before, `on` turns the clock; all is undone after each
    answer. `answer` lists error codes that only those get who were let in.
    """

    call: str
    may: str
    body: Any = None
    at: dict[str, str] = field(default_factory=dict)
    finds: str = ""
    hidden: str = ""
    own: str = ""
    given: tuple[Callable[["Scene"], None], ...] = ()
    on: tuple[int, ...] = ()
    answer: tuple[str, ...] = ()
    foreign: str = UNKNOWN
    headers: dict[str, str] = field(default_factory=lambda: {"If-Match": "*"})

    @property
    def method(self) -> str:
        return self.call.partition(" ")[0]

    @property
    def path(self) -> str:
        """The path as the API's description writes it, after the service's prefix."""
        return self.call.partition(" ")[2].partition("?")[0]

    def expected(self) -> dict[str, str]:
        outside = NOTHING if self.finds else REFUSED
        expected = {relation: IN if relation in self.may.split() else outside for relation in RELATIONS}
        expected |= dict.fromkeys(self.hidden.split(), NOTHING if self.finds else UNKNOWN)
        expected[FOREIGN] = NOTHING if self.finds else self.foreign
        if self.own or {"hr", OWNER} & set(self.may.split()):
            expected[HR_OWNER] = self.own or IN
        return expected


class Undone(Exception):
    pass


@dataclass
class Scene:
    """A service with the ministry's people and Siti's things in it; `names` are what rows may speak of."""

    service: ServiceUnderTest
    personas: Personas
    prefix: str
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = {**self.personas.names, "unknown_id": str(uuid4()), **self.names}

    def call(self, relation: str, method: str, path: str, *, status: int | None = None, **options: Any) -> Any:
        """Ask as somebody of the personas; gives the body of the answer."""
        client = self.service.client(self.personas.of(relation))
        headers = options.pop("headers", {"If-Match": "*"})
        response = client.request(method, self.prefix + self.fill(path), headers=headers, **options)
        if status is None:
            assert response.status_code < 300, (method, path, response.status_code, response.text)
        else:
            assert response.status_code == status, (method, path, response.status_code, response.text)
        return response.get_json(silent=True)

    def post(self, relation: str, path: str, json: Any = None, **options: Any) -> Any:
        return self.call(relation, "POST", path, json=self.fill(json if json is not None else {}), **options)

    def put(self, relation: str, path: str, json: Any = None, **options: Any) -> Any:
        return self.call(relation, "PUT", path, json=self.fill(json), **options)

    def get(self, relation: str, path: str, **options: Any) -> Any:
        return self.call(relation, "GET", path, **options)

    def two(self, method: str, path: str, json: Any = None) -> Any:
        """HR proposes, a further officer approves; gives what came of it."""
        proposal = self.call("hr", method, path, status=202, json=self.fill(json if json is not None else {}))
        return self.approve(proposal["id"])["outcome"]

    def approve(self, proposal_id: str) -> Any:
        """Approve as the further officer."""
        path = f"{self.prefix}/proposals/{proposal_id}/approve"
        answer = self.further.post(path, json={"reason": "diperiksa"}, headers={"If-Match": "*"})
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    @property
    def further(self) -> Client:
        """An HR officer who is none of the personas."""
        return self.service.client(replace(self.personas.of("hr"), account_id=uuid4(), employee_id=uuid4()))

    def turn(self, *parts: int) -> None:
        self.service.clock.turn(datetime(*parts, tzinfo=UTC))  # type: ignore[misc,arg-type]  # the first parts of a moment

    def deliver(self, producer: str, event: str, subject: str, /, **data: Any) -> None:
        data = {"version": 1, **self.fill(data)}
        self.service.deliver(event, data, producer=producer, agency=self.personas.agency, subject=self.fill(subject))

    def fill(self, value: Any, names: Mapping[str, str] | None = None) -> Any:
        names = names or self.names
        if isinstance(value, str):
            return value.format_map(names) if "{" in value else value
        if isinstance(value, dict):
            return {key: self.fill(one, names) for key, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.fill(one, names) for one in value]
        return value

    @contextmanager
    def undone(self, caller: Principal, row: Row) -> Iterator[None]:
        """Whatever happens inside is rolled back, so that everybody meets the same object in the same state."""
        try:
            with self.service.work.transaction(caller.agency_id):
                yield
                raise Undone
        except Undone:
            pass

    @contextmanager
    def on(self, moment: tuple[int, ...]) -> Iterator[None]:
        if not moment:
            yield
            return
        before = self.service.clock.now()
        self.turn(*moment)
        yield
        self.service.clock.turn(before)

    def ask(self, row: Row, relation: str) -> str:
        """Say in one word how a relation is answered."""
        roles = self.access(row.method, self.prefix + self._path(row)).roles
        caller = self.personas.of(relation, roles)
        if relation == FOREIGN or not caller.has(*roles):
            return self._answer(row, relation, roles)
        with self.on(row.on), self.undone(caller, row):
            for step in row.given:
                step(self)
            return self._answer(row, relation, roles)

    def access(self, method: str, path: str) -> Access:
        adapter = self.service.app.url_map.bind("localhost")
        endpoint, _ = adapter.match(path.partition("?")[0], method)
        access = access_of(self.service.app.view_functions[endpoint])
        assert access is not None, endpoint
        return access

    def _path(self, row: Row) -> str:
        chosen = {parameter: self.names[name] for parameter, name in row.at.items()}
        return str(self.fill(row.call.partition(" ")[2], {**self.names, **chosen}))

    def _answer(self, row: Row, relation: str, roles: AbstractSet[str]) -> str:
        options = {} if row.body is None else {"json": self.fill(row.body)}
        client = self.service.client(self.personas.of(relation, roles))
        response = client.request(row.method, self.prefix + self._path(row), headers=row.headers, **options)
        response.get_data()
        return self._word(row, relation, response)

    def _word(self, row: Row, relation: str, response: TestResponse) -> str:
        status = response.status_code
        if status < 300:
            return IN if not row.finds or self.fill(row.finds) in response.text else NOTHING
        if row.finds and status in {403, 404}:
            return NOTHING
        code = (response.get_json(silent=True, force=True) or {}).get("code")
        if code in row.answer and relation != FOREIGN:
            return IN
        return {403: REFUSED, 404: UNKNOWN}.get(status, f"{status} {code}")


def also_external(rows: list[Row], without: str = "") -> list[Row]:
    """Let an appraiser who is an official from outside do what an appraiser may, but at the paths in `without`."""

    def named(names: str) -> str:
        return f"{names} {EXTERNAL}" if "appraiser" in names.split() else names

    shut = without.split()
    return [row if row.path in shut else replace(row, may=named(row.may), hidden=named(row.hidden)) for row in rows]


def operations_rows() -> list[Row]:
    """The operator's routes over events, the same in every service: an office without a person, and ids only."""
    at, reason = {"event_id": "unknown_id"}, {"reason": "data salah ketik"}
    return [
        Row("GET /events/failed/{event_id}", "operator", at=at, answer=("not_found",)),
        Row("POST /events/failed/{event_id}/retry", "operator", at=at, answer=("not_found",)),
        Row("POST /events/failed/{event_id}/edit", "operator", {**reason, "data": {}}, at, answer=("not_found",)),
        Row("POST /events/failed/{event_id}/discard", "operator", reason, at, answer=("not_found",)),
    ]


def proposal_rows() -> list[Row]:
    """Acts that take two people: `proposal_id` is about Siti and another officer's, `own_proposal_id` is that of HR."""
    reason = {"reason": "sudah diperiksa"}
    return [
        Row("GET /proposals", "hr inspector", finds="{proposal_id}", own=NOTHING),
        Row("GET /proposals/{proposal_id}", "hr inspector", own=UNKNOWN),
        Row("GET /proposals/{proposal_id}/rows", "hr inspector", own=UNKNOWN),
        Row("POST /proposals/{proposal_id}/approve", "hr", reason, own=REFUSED),
        Row("POST /proposals/{proposal_id}/reject", "hr", reason, own=REFUSED),
        Row("POST /proposals/{proposal_id}/withdraw", "hr", reason, {"proposal_id": "own_proposal_id"}, own=REFUSED),
    ]


def job_rows() -> list[Row]:
    """Imports are HR's, and what was wrong in their rows too."""
    return [
        Row("GET /jobs/{job_id}", "hr"),
        Row("GET /jobs/{job_id}/issues", "hr"),
        Row("GET /jobs/{job_id}/issues.csv", "hr"),
    ]
