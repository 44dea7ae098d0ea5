"""RabbitMQ's protocol in large pieces: many messages in one write, many confirms and deliveries in one read.

The library writes and reads frame by frame, with several system calls for each; in a batch of hundreds that is most of
what publishing costs. Everything but the frames of a batch is still the library's.
"""

from collections.abc import Callable, Iterable
from ssl import SSLWantReadError
from struct import Struct
from typing import Any

from amqp.exceptions import UnexpectedFrame
from kombu import Connection

READ_BYTES = 64 * 1024
# The broker begins with the first messages of a batch while the rest is still being put together.
WRITE_BYTES = 64 * 1024
_METHOD, _HEADER, _BODY, _END = 1, 2, 3, 0xCE
_FRAME = Struct(">BHI")
_PUBLISH = bytes((0, 60, 0, 40, 0, 0))
_ACK = bytes((0, 60, 0, 80))
_ACK_FIELDS = Struct(">QB")
_CONTENT = Struct(">HHQH")
# content type, content encoding, delivery mode and message id are given
_FLAGS = 1 << 15 | 1 << 14 | 1 << 12 | 1 << 7
_PERSISTENT = b"\x02"


def _short(text: str) -> bytes:
    encoded = text.encode()
    return bytes((len(encoded),)) + encoded


class Frames:
    """Turns messages for one exchange into bytes of one channel."""

    def __init__(self, connection: Connection, channel: Any, exchange: str, content_type: str) -> None:
        self._channel = int(channel.channel_id)
        self._largest = int(connection.connection.frame_max) - 8
        self._exchange = _short(exchange)
        self._fixed = _short(content_type) + _short("utf-8") + _PERSISTENT

    def of(self, routing_key: str, message_id: str, body: bytes) -> bytes:
        """One persistent message."""
        method = b"".join((_PUBLISH, self._exchange, _short(routing_key), b"\x00"))
        header = b"".join((_CONTENT.pack(60, 0, len(body), _FLAGS), self._fixed, _short(message_id)))
        pieces = [self._frame(_METHOD, method), self._frame(_HEADER, header)]
        starts = range(0, len(body), self._largest)
        pieces.extend(self._frame(_BODY, body[start : start + self._largest]) for start in starts)
        return b"".join(pieces)

    def _frame(self, kind: int, payload: bytes) -> bytes:
        return b"".join((_FRAME.pack(kind, self._channel, len(payload)), payload, b"\xce"))


class Wire:
    """The socket under a connection. An unfinished frame that it has read stays where the library looks for it."""

    def __init__(self, connection: Connection) -> None:
        self._amqp = connection.connection

    def send(self, messages: Iterable[bytes]) -> None:
        """Write messages, several at a time; raises OSError when the broker takes no bytes for too long."""
        pieces: list[bytes] = []
        size = 0
        for message in messages:
            pieces.append(message)
            size += len(message)
            if size >= WRITE_BYTES:
                self._write(pieces)
                pieces, size = [], 0
        self._write(pieces)

    def hear(self, seconds: float, on_ack: Callable[[int, bool], object] | None = None) -> None:
        """Act on all that has arrived, waiting for something at most so long; TimeoutError when nothing has.

        Confirms go to `on_ack`; all else, and without it the confirms too, is the library's.
        """
        transport = self._amqp.transport
        data = transport._read_buffer  # noqa: SLF001 - the two of us read from one socket
        if not _holds_frame(data):
            data += self._read(seconds)
        # the library may itself read on while it acts on a frame
        transport._read_buffer = b""  # noqa: SLF001
        at = 0
        try:
            while len(data) - at >= _FRAME.size:
                kind, channel, size = _FRAME.unpack_from(data, at)
                end = at + _FRAME.size + size
                if len(data) <= end:
                    break
                if data[end] != _END:
                    raise UnexpectedFrame(f"frame end {data[end]:#x}")
                payload = data[at + _FRAME.size : end]
                at = end + 1
                if on_ack is not None and kind == _METHOD and payload.startswith(_ACK):
                    self._amqp.bytes_recv += 1
                    tag, multiple = _ACK_FIELDS.unpack_from(payload, 4)
                    on_ack(tag, bool(multiple))
                else:
                    self._amqp.on_inbound_frame((kind, channel, payload))
        finally:
            transport._read_buffer = data[at:] + transport._read_buffer  # noqa: SLF001

    def _write(self, pieces: list[bytes]) -> None:
        if pieces:
            self._amqp.transport.write(b"".join(pieces))
            self._amqp.bytes_sent += 1

    def _read(self, seconds: float) -> bytes:
        sock = self._amqp.transport.sock
        usual = sock.gettimeout()
        sock.settimeout(seconds)
        try:
            found: bytes = sock.recv(READ_BYTES)
        except (BlockingIOError, SSLWantReadError) as error:
            raise TimeoutError from error
        finally:
            sock.settimeout(usual)
        if not found:
            raise OSError("the broker has closed the connection")
        return found


def _holds_frame(data: bytes) -> bool:
    return len(data) >= _FRAME.size and len(data) > _FRAME.size + _FRAME.unpack_from(data)[2]
