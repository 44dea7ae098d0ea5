"""Where a request comes from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClientInfo:
    """The network address of a request, the program that it names, and the notes of known devices that it brings."""

    address: str
    agent: str
    device_notes: str = ""
