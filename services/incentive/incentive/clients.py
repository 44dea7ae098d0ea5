"""The client of personnel: whose are these NIPs?

Files of agencies name people by NIP, and no NIP is stored here. The uploader's own token is sent, so personnel answers
what that person may know; every call has a timeout, and without an answer the upload is refused, to be sent again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import httpx

from chassis.causation import propagation_headers
from incentive.domain.errors import DirectoryUnavailable

BATCH = 500


class Directory(Protocol):
    def resolve(self, authorization: str, nips: Sequence[str]) -> dict[str, UUID]:
        """Return the employees behind NIPs; those unknown are left out."""
        ...


@dataclass(frozen=True)
class PersonnelDirectory:
    """Calls personnel over HTTP, at http://host:port or unix:/path/to/socket."""

    url: str
    timeout: float = 10.0

    def resolve(self, authorization: str, nips: Sequence[str]) -> dict[str, UUID]:
        if not self.url:
            raise DirectoryUnavailable
        socket = self.url.removeprefix("unix:") if self.url.startswith("unix:") else None
        base = "http://personnel" if socket else self.url
        found: dict[str, UUID] = {}
        try:
            with httpx.Client(
                base_url=base, timeout=self.timeout, transport=httpx.HTTPTransport(uds=socket, retries=1)
            ) as client:
                for start in range(0, len(nips), BATCH):
                    answer = client.post(
                        "/api/v1/personnel/employees/resolve",
                        json={"nips": list(nips[start : start + BATCH])},
                        headers={"Authorization": authorization, **propagation_headers()},
                    )
                    answer.raise_for_status()
                    found |= {item["nip"]: UUID(item["employee_id"]) for item in answer.json()["items"]}
        except (httpx.HTTPError, KeyError, TypeError, ValueError) as error:
            raise DirectoryUnavailable from error
        return found
