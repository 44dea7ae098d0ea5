"""Where a request comes from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClientInfo:
    """The network address of a request, and the program that it names."""

    address: str
    agent: str
