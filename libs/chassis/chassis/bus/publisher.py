"""Publishing in batches with pipelined publisher confirms: what is reported as confirmed is safe with the broker."""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from kombu import Connection

from chassis.bus.amqp_library import AmqpTransport, amqp_transport
from chassis.bus.message import CONTENT_TYPE, Outgoing
from chassis.bus.topology import HEARTBEAT_SECONDS, Topology, connect, is_amqp


class NotConfirmed(Exception):
    """The broker did not confirm in time; a resource alarm may block it."""


@dataclass
class Publisher:
    """Owns one connection and is not thread-safe. When `publish` raises an error of the transport, call `close`."""

    url: str
    topology: Topology
    fast_frames: bool = True
    confirm_timeout: float = 10.0
    _connection: Connection | None = field(default=None, init=False, repr=False)
    _channel: Any = field(default=None, init=False, repr=False)
    _last_tag: int = field(default=0, init=False)
    _resolved: int = field(default=0, init=False)
    _unconfirmed: set[int] = field(default_factory=set, init=False)
    _refused: set[int] = field(default_factory=set, init=False)

    def publish(self, batch: Sequence[Outgoing], *, replay: bool = False) -> int:
        """Publish in order and return how many from the front are confirmed: all, unless the broker refused some.

        `replay` publishes to the one consumer that each routing key names (see `topology.replay_key`).
        """
        connection, channel = self._open()
        exchange = (self.topology.replays if replay else self.topology.exchange).name
        if not is_amqp(connection):
            return self._publish_embedded(exchange, batch)
        first = self._last_tag + 1
        self._last_tag += len(batch)
        self._unconfirmed.update(range(first, self._last_tag + 1))
        amqp = amqp_transport(connection, fast_frames=self.fast_frames)
        amqp.publish(channel, exchange, batch)
        self._await_confirms(connection, amqp)
        refused = min((tag for tag in self._refused if tag >= first), default=self._last_tag + 1)
        return refused - first

    def keep_alive(self) -> None:
        """Between batches, process what the broker sent and send heartbeats, or it would close the connection."""
        if self._connection is not None and is_amqp(self._connection):
            with suppress(TimeoutError):
                self._connection.drain_events(timeout=0)
            self._connection.heartbeat_check()

    def close(self) -> None:
        """Close the socket without the AMQP close handshake, which a stalled broker never answers."""
        connection, self._connection, self._channel = self._connection, None, None
        self._last_tag = self._resolved = 0
        self._unconfirmed.clear()
        self._refused.clear()
        if connection is not None:
            connection.collect()

    def _open(self) -> tuple[Connection, Any]:
        if self._connection is None or self._channel is None:
            self._connection = connect(self.url)
            self._channel = self._connection.channel()
            if self.topology.declares:
                self.topology.exchange(self._channel).declare()
                self.topology.replays(self._channel).declare()
            if is_amqp(self._connection):
                self._channel.confirm_select()
                self._channel.events["basic_ack"].add(self._on_ack)
                self._channel.events["basic_nack"].add(self._on_nack)
        return self._connection, self._channel

    def _publish_embedded(self, exchange: str, batch: Sequence[Outgoing]) -> int:
        messages = []
        for message in batch:
            prepared = self._channel.prepare_message(
                message.body,
                content_type=CONTENT_TYPE,
                content_encoding="utf-8",
                properties={"delivery_mode": 2, "message_id": message.message_id},
            )
            messages.append((message.routing_key, prepared))
        self._channel.publish_many(exchange, messages)
        return len(batch)

    def _await_confirms(self, connection: Connection, amqp: AmqpTransport) -> None:
        """Wait for all confirms, restarting the timeout whenever some arrive: a slow broker is not a dead one."""
        deadline = time.monotonic() + self.confirm_timeout
        while self._unconfirmed:
            waiting = len(self._unconfirmed)
            left = deadline - time.monotonic()
            if left <= 0:
                raise NotConfirmed(f"{waiting} messages unconfirmed after {self.confirm_timeout} s")
            with suppress(TimeoutError):
                amqp.drain(min(left, HEARTBEAT_SECONDS / 2), self._on_ack)
            connection.heartbeat_check()
            if len(self._unconfirmed) < waiting:
                deadline = time.monotonic() + self.confirm_timeout

    def _resolve_confirms(self, tag: int, *, multiple: bool) -> set[int]:
        """Remove the tags that a confirm covers from the unconfirmed ones and return them."""
        if not multiple:
            self._unconfirmed.discard(tag)
            return {tag}
        tags = self._unconfirmed.intersection(range(self._resolved + 1, tag + 1))
        self._resolved = tag
        self._unconfirmed -= tags
        return tags

    def _on_ack(self, delivery_tag: int, multiple: bool = False) -> None:
        self._resolve_confirms(delivery_tag, multiple=multiple)

    def _on_nack(self, delivery_tag: int, multiple: bool = False, _requeue: bool = False) -> None:
        self._refused |= self._resolve_confirms(delivery_tag, multiple=multiple)
