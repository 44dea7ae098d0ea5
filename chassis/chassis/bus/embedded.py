"""The embedded bus: kombu's pgmq transport, and what it lacks: many messages at once, and a hold that can be renewed.

A message that is read stays hidden from other readers for HOLD_SECONDS, after which it counts as given back. The reader
that lives renews its hold, so the time can be short, and what a killed reader held is soon read by another.
"""

from collections.abc import Sequence
from typing import Any

from kombu.transport import pgmq
from psycopg.types.json import Jsonb

HOLD_SECONDS = 4
READ_AT_ONCE = 100
_SEND = "SELECT pgmq.send_topic(routing_key => %s::text, msg => %s::jsonb)"


class Channel(pgmq.Channel):  # type: ignore[misc]
    """Reads, acknowledges and publishes in bulk."""

    def _get_bulk(
        self, queue: str, callback: Any = None, timeout: float | None = None, max_if_unlimited: int = READ_AT_ONCE
    ) -> None:
        super()._get_bulk(queue, callback=callback, timeout=timeout, max_if_unlimited=max_if_unlimited)

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        """With `multiple`, all that was delivered up to this tag is acknowledged by one statement for each queue."""
        if not multiple:
            super().basic_ack(delivery_tag)
            return
        tags = []
        for tag in self._held():
            tags.append(tag)
            if tag == delivery_tag:
                break
        for queue, ids in self._by_queue(tags).items():
            self.pgmq.delete_batch(queue, ids)
        for tag in tags:
            self.qos.ack(tag)

    def renew(self) -> None:
        """Hold what was delivered and is not acknowledged for another while. May be called by another thread."""
        for queue, ids in self._by_queue(self._held()).items():
            self.pgmq.set_vt(queue, ids, self.visibility_timeout)

    def publish_many(self, exchange: str, messages: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Publish pairs of routing key and prepared message, in order, all or none."""
        rows = []
        for routing_key, message in messages:
            self._inplace_augment_message(message, exchange, routing_key)
            rows.append((self._topic_key(exchange, routing_key), Jsonb(message)))
        with self.pgmq.pool.connection() as connection, connection.cursor() as cursor:
            cursor.executemany(_SEND, rows)

    def _held(self) -> list[str]:
        return [tag for tag in list(self.qos._delivered) if tag not in self.qos._dirty]  # noqa: SLF001 - no other way

    def _by_queue(self, tags: Sequence[str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for tag in tags:
            info = self.qos.get(tag).delivery_info
            found.setdefault(info["pgmq_queue"], []).append(info["pgmq_msg_id"])
        return found


class Transport(pgmq.Transport):  # type: ignore[misc]
    Channel = Channel
