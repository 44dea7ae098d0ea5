"""AMQP frames written and read in bulk: many messages per system call instead of several system calls per message.

py-amqp writes and reads frame by frame, which is most of the cost of publishing a batch. Only the frames of a batch
are handled here; connecting, channels and everything else stay with the library. `BUS_FAST_FRAMES=0` uses the
library's own path (`amqp_library`) instead. The private attributes used here are listed in `chassis.vendor_seams`.
"""

from collections.abc import Iterable
from ssl import SSLWantReadError
from struct import Struct
from typing import Any

from amqp.exceptions import UnexpectedFrame
from kombu import Connection

from chassis.bus.message import CONTENT_TYPE, OnAck, Outgoing

READ_BYTES = 64 * 1024
# The broker starts on the first messages of a batch while the rest is still being encoded.
WRITE_BYTES = 64 * 1024
_METHOD, _HEADER, _BODY, _END = 1, 2, 3, 0xCE
_FRAME = Struct(">BHI")
_PUBLISH = bytes((0, 60, 0, 40, 0, 0))
_ACK = bytes((0, 60, 0, 80))
_ACK_FIELDS = Struct(">QB")
_CONTENT = Struct(">HHQH")
# The flags of the properties that are sent: content type, content encoding, delivery mode and message id.
_FLAGS = 1 << 15 | 1 << 14 | 1 << 12 | 1 << 7
_PERSISTENT = b"\x02"


def _short_string(text: str) -> bytes:
    encoded = text.encode()
    return bytes((len(encoded),)) + encoded


class FrameEncoder:
    """Encodes messages for one exchange as the frames of one channel."""

    def __init__(self, connection: Connection, channel: Any, exchange: str) -> None:
        self._channel = int(channel.channel_id)
        self._body_limit = int(connection.connection.frame_max) - 8
        self._exchange = _short_string(exchange)
        self._properties = _short_string(CONTENT_TYPE) + _short_string("utf-8") + _PERSISTENT

    def encode(self, message: Outgoing) -> bytes:
        """Return the frames of one persistent message."""
        body = message.body.encode()
        method = b"".join((_PUBLISH, self._exchange, _short_string(message.routing_key), b"\x00"))
        properties = self._properties + _short_string(message.message_id)
        header = _CONTENT.pack(60, 0, len(body), _FLAGS) + properties
        pieces = [self._frame(_METHOD, method), self._frame(_HEADER, header)]
        starts = range(0, len(body), self._body_limit)
        pieces.extend(self._frame(_BODY, body[start : start + self._body_limit]) for start in starts)
        return b"".join(pieces)

    def _frame(self, kind: int, payload: bytes) -> bytes:
        return b"".join((_FRAME.pack(kind, self._channel, len(payload)), payload, b"\xce"))


class AmqpSocket:
    """The socket of a connection. A partial frame that was read stays in the buffer where the library expects it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._amqp = connection.connection

    def publish(self, channel: Any, exchange: str, messages: Iterable[Outgoing]) -> None:
        """Write messages in large pieces; raises OSError when the broker accepts no bytes within the write timeout."""
        encoder = FrameEncoder(self._connection, channel, exchange)
        pieces: list[bytes] = []
        size = 0
        for message in messages:
            encoded = encoder.encode(message)
            pieces.append(encoded)
            size += len(encoded)
            if size >= WRITE_BYTES:
                self._write(pieces)
                pieces, size = [], 0
        self._write(pieces)

    def drain(self, seconds: float, on_ack: OnAck | None = None) -> None:
        """Process every frame that has arrived; wait up to `seconds` for one, raise TimeoutError when none came.

        Publisher confirms are passed to `on_ack`; all other frames, and without `on_ack` the confirms as well, are
        passed to the library.
        """
        transport = self._amqp.transport
        data = transport._read_buffer  # noqa: SLF001 - shared with the library: both read from one socket
        if not _has_frame(data):
            data += self._read(seconds)
        # The library may itself continue to read while it handles a frame.
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
            received: bytes = sock.recv(READ_BYTES)
        except (BlockingIOError, SSLWantReadError) as error:
            raise TimeoutError from error
        finally:
            sock.settimeout(usual)
        if not received:
            raise OSError("the broker has closed the connection")
        return received


def _has_frame(data: bytes) -> bool:
    return len(data) >= _FRAME.size and len(data) > _FRAME.size + _FRAME.unpack_from(data)[2]
