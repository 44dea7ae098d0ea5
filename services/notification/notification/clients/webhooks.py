"""Calls to subscribers' endpoints: to checked addresses only, over kept connections, within limits."""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import httpcore

from notification.domain.addressing import Address, EgressPolicy, choose
from notification.domain.delivery import Reply

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 15.0
LARGEST_ANSWER = 64 * 1024
KEPT_CONNECTIONS = 64
KEEP_SECONDS = 30.0

Resolver = Callable[[str, int], list[Address]]


class AddressForbidden(httpcore.ConnectError):
    """The name leads to an address that webhooks may not reach."""


class TlsFailed(httpcore.ConnectError):
    """The endpoint could not prove that it is who its name says."""


class NameUnknown(httpcore.ConnectError):
    """The name leads nowhere."""


def resolve(host: str, port: int) -> list[Address]:
    """Every address a name has now."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise NameUnknown(str(error)) from error
    return [ipaddress.ip_address(str(entry[4][0]).split("%", 1)[0]) for entry in found]


class _Deadline(threading.local):
    """The moment by which the call of this thread must be over, whatever drips in."""

    at: float = float("inf")

    def left(self, timeout: float | None) -> float:
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the call as a whole took too long")
        return left if timeout is None else min(timeout, left)


_deadline = _Deadline()


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, _deadline.left(timeout)))
        except httpcore.ConnectError as error:
            raise TlsFailed(str(error)) from error

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves a name, checks every address, and connects to one that was checked: no second look-up in between."""

    def __init__(self, policy: EgressPolicy, resolver: Resolver = resolve) -> None:
        self._policy = policy
        self._resolver = resolver
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = choose(self._resolver(host, port), self._policy, host)
        if not addresses:
            raise AddressForbidden(host)
        fault: Exception | None = None
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(
                    str(address), port, _deadline.left(timeout), local_address, socket_options
                )
                return _TimedStream(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
        assert fault is not None
        raise fault


class WebhookCaller:
    """Posts to endpoints; one for a whole process, safe for many threads."""

    def __init__(self, policy: EgressPolicy, *, ca_file: str | None = None, resolver: Resolver = resolve) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(cafile=ca_file),
            max_connections=KEPT_CONNECTIONS * 2,
            max_keepalive_connections=KEPT_CONNECTIONS,
            keepalive_expiry=KEEP_SECONDS,
            network_backend=GuardedBackend(policy, resolver),
        )

    def post(self, url: str, headers: dict[str, str], body: bytes) -> Reply:
        """Post once; a kept connection that turns out to be closed is replaced and the call repeated, once."""
        started = time.monotonic()
        _deadline.at = started + TOTAL_SECONDS
        try:
            try:
                return self._post(url, headers, body, started)
            except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
                return self._post(url, headers, body, started)
        except Exception as error:
            code = _code_of(error)
            if code is None:
                raise
            return Reply(None, code, _since(started))
        finally:
            _deadline.at = float("inf")

    def close(self) -> None:
        self._pool.close()

    def _post(self, url: str, headers: dict[str, str], body: bytes, started: float) -> Reply:
        timeouts = dict.fromkeys(("connect", "pool"), CONNECT_SECONDS) | dict.fromkeys(("read", "write"), TOTAL_SECONDS)
        with self._pool.stream(
            "POST", url, headers=list(headers.items()), content=body, extensions={"timeout": timeouts}
        ) as response:
            size = 0
            for chunk in response.iter_stream():
                size += len(chunk)
                if size > LARGEST_ANSWER:
                    break
            return Reply(response.status, None, _since(started), _retry_after(response.headers))


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def _code_of(error: Exception) -> str | None:
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (AddressForbidden, "ADDRESS_FORBIDDEN"),
        (NameUnknown, "NAME_UNKNOWN"),
        (TlsFailed, "TLS_FAILED"),
        (httpcore.ConnectTimeout, "CONNECT_TIMEOUT"),
        (httpcore.ConnectError, "CONNECT_FAILED"),
        (httpcore.TimeoutException, "TIMEOUT"),
        (httpcore.ProtocolError, "PROTOCOL_ERROR"),
        (httpcore.NetworkError, "CONNECTION_LOST"),
        (httpcore.UnsupportedProtocol, "PROTOCOL_ERROR"),
    )
    return next((code for kind, code in kinds if isinstance(error, kind)), None)


def _retry_after(headers: Iterable[tuple[bytes, bytes]]) -> timedelta | None:
    for name, value in headers:
        if name.lower() == b"retry-after" and value.strip().isdigit() and len(value.strip()) <= 6:  # noqa: PLR2004
            return timedelta(seconds=int(value))
    return None
