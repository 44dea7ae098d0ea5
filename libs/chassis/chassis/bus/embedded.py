"""The embedded bus: kombu's pgmq transport, extended by bulk operations and a visibility timeout that can be renewed.

The private attributes used here are listed in `chassis.vendor_seams`.
"""

from collections.abc import Sequence
from typing import Any

from kombu.transport import pgmq
from psycopg.types.json import Jsonb

READ_BATCH = 100
_SEND = "SELECT pgmq.send_topic(routing_key => %s::text, msg => %s::jsonb)"


class Channel(pgmq.Channel):  # type: ignore[misc]
    """Reads, acknowledges and publishes in bulk."""

    def _get_bulk(
        self, queue: str, callback: Any = None, timeout: float | None = None, max_if_unlimited: int = READ_BATCH
    ) -> None:
        super()._get_bulk(queue, callback=callback, timeout=timeout, max_if_unlimited=max_if_unlimited)

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        """With `multiple`, acknowledge everything delivered up to this tag by one statement per queue."""
        if not multiple:
            super().basic_ack(delivery_tag)
            return
        tags = []
        for tag in self._unacknowledged():
            tags.append(tag)
            if tag == delivery_tag:
                break
        for queue, ids in self._by_queue(tags).items():
            self.pgmq.delete_batch(queue, ids)
        for tag in tags:
            self.qos.ack(tag)

    def renew(self) -> None:
        """Extend the visibility timeout of all unacknowledged messages. May be called by another thread."""
        for queue, ids in self._by_queue(self._unacknowledged()).items():
            self.pgmq.set_vt(queue, ids, self.visibility_timeout)

    def publish_many(self, exchange: str, messages: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Publish pairs of routing key and prepared message, in order, all or none."""
        rows = []
        for routing_key, message in messages:
            self._inplace_augment_message(message, exchange, routing_key)
            rows.append((self._topic_key(exchange, routing_key), Jsonb(message)))
        with self.pgmq.pool.connection() as connection, connection.cursor() as cursor:
            cursor.executemany(_SEND, rows)

    def _unacknowledged(self) -> list[str]:
        return [tag for tag in list(self.qos._delivered) if tag not in self.qos._dirty]  # noqa: SLF001 - no other way

    def _by_queue(self, tags: Sequence[str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for tag in tags:
            info = self.qos.get(tag).delivery_info
            found.setdefault(info["pgmq_queue"], []).append(info["pgmq_msg_id"])
        return found


class Transport(pgmq.Transport):  # type: ignore[misc]
    Channel = Channel

    def establish_connection(self) -> Any:
        """Connect, and leave nothing behind when that fails.

        The library leaves its pool open, whose threads go on connecting: each question that was refused for want of
        connections would take one more of them, for good.
        """
        try:
            return super().establish_connection()
        except BaseException:
            self.close_connection(self)
            raise
