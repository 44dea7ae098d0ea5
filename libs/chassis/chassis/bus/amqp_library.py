"""AMQP by py-amqp's own path, frame by frame: slower than `amqp_frames`, and independent of the library's internals."""

from collections.abc import Iterable
from typing import Any, Protocol

from kombu import Connection

from chassis.bus.amqp_frames import AmqpSocket
from chassis.bus.message import CONTENT_TYPE, OnAck, Outgoing


class AmqpTransport(Protocol):
    """How messages are written to a connection and frames read from it."""

    def publish(self, channel: Any, exchange: str, messages: Iterable[Outgoing]) -> None: ...
    def drain(self, seconds: float, on_ack: OnAck | None = None) -> None: ...


class LibraryTransport:
    """The library's own methods; publisher confirms reach the handlers that are registered on the channel."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def publish(self, channel: Any, exchange: str, messages: Iterable[Outgoing]) -> None:
        """Write persistent messages one by one; raises OSError when the broker accepts no bytes in time."""
        for message in messages:
            prepared = channel.prepare_message(
                message.body,
                content_type=CONTENT_TYPE,
                content_encoding="utf-8",
                properties={"delivery_mode": 2, "message_id": message.message_id},
            )
            channel.basic_publish(prepared, exchange=exchange, routing_key=message.routing_key)

    def drain(self, seconds: float, on_ack: OnAck | None = None) -> None:  # noqa: ARG002 - confirms go to the channel
        """Process one event; wait up to `seconds` for it, raise TimeoutError when none came."""
        self._connection.drain_events(timeout=seconds)


def amqp_transport(connection: Connection, *, fast_frames: bool) -> AmqpTransport:
    """Choose by the setting BUS_FAST_FRAMES."""
    return AmqpSocket(connection) if fast_frames else LibraryTransport(connection)
