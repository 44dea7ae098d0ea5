"""The client of personnel: by what do papers name these people?

No name and no NIP is stored here but in the papers that state them. The reader's own token is sent, after this service
has asked whether they may read the paper; without an answer no paper is made.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol
from uuid import UUID

import httpx
import msgspec

from appraisal.domain.errors import PaperNamesUnavailable
from appraisal.domain.paper_people import PaperName
from chassis.causation import propagation_headers

AT_ONCE = 100
_ADDRESS = "/internal/personnel/employees/paper-names"


class PaperNames(Protocol):
    def of(self, people: Collection[UUID]) -> dict[UUID, PaperName]:
        """Return by what papers name these people; those unknown are left out. Raise PaperNamesUnavailable."""
        ...


@dataclass(frozen=True)
class PersonnelNames:
    """Asks personnel over HTTP, at http://host:port or unix:/path/to/socket, for the bearer of a token."""

    url: str
    timeout: float
    authorization: str

    def of(self, people: Collection[UUID]) -> dict[UUID, PaperName]:
        if not self.url:
            raise PaperNamesUnavailable
        found: dict[UUID, PaperName] = {}
        waiting = iter(sorted(people))
        try:
            with self._client() as client:
                while some := list(islice(waiting, AT_ONCE)):
                    answer = client.get(_ADDRESS, params={"ids": ",".join(map(str, some))})
                    found |= {UUID(one["employee_id"]): _name(one) for one in answer.raise_for_status().json()["items"]}
        except (httpx.HTTPError, msgspec.ValidationError, KeyError, TypeError, ValueError) as error:
            raise PaperNamesUnavailable from error
        return found

    def _client(self) -> httpx.Client:
        path = self.url.removeprefix("unix:")
        uses_socket = path != self.url
        return httpx.Client(
            base_url="http://personnel" if uses_socket else self.url,
            timeout=self.timeout,
            transport=httpx.HTTPTransport(uds=path if uses_socket else None, retries=1),
            headers={"Authorization": self.authorization, **propagation_headers()},
        )


def _name(item: dict[str, Any]) -> PaperName:
    return msgspec.convert(item, PaperName)
