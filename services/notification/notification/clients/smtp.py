"""E-mail by a real SMTP conversation."""

import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from notification.domain.email import Answer, DeliveryStatus

TIMEOUT_SECONDS = 20.0
PERMANENT = range(500, 600)
SCHEMES = {"smtp": 25, "smtps": 465}
_ADDRESS = re.compile(r"<?[^\s<>]+@[^\s<>]+>?")


class ServerAway(Exception):
    """The server cannot be talked to at all; no e-mail is to blame."""


@dataclass(frozen=True)
class SmtpServer:
    """`smtp://host:port` (STARTTLS where offered), `smtp://…?starttls=required`, or `smtps://user:password@host`."""

    host: str
    port: int
    implicit_tls: bool
    require_tls: bool
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str | None = None

    @classmethod
    def parse(cls, url: str) -> "SmtpServer":
        """Raises ValueError with what is wrong; never shows the password."""
        parts = urlsplit(url)
        if parts.scheme not in SCHEMES or not parts.hostname:
            raise ValueError("must look like smtp://host:port or smtps://user:password@host:port")
        return cls(
            host=parts.hostname, port=parts.port or SCHEMES[parts.scheme], implicit_tls=parts.scheme == "smtps",
            require_tls="starttls=required" in parts.query, user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )  # fmt: skip


class SmtpSession:
    """One connection, for as many e-mails as there are."""

    def __init__(self, server: SmtpServer, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self._server = server
        self._timeout = timeout
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        self._connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, message: EmailMessage, address: str) -> Answer:
        """Hand one e-mail over; raises ServerAway when the conversation broke before an answer."""
        if self._smtp is None:
            self._connect()
        assert self._smtp is not None
        try:
            self._smtp.send_message(message, to_addrs=[address])
        except smtplib.SMTPRecipientsRefused as refused:
            code, text = next(iter(refused.recipients.values()))
            return _answer(code, text)
        except smtplib.SMTPSenderRefused as refused:
            raise ServerAway(f"sender refused: {refused.smtp_code} {_plain(refused.smtp_error)}") from refused
        except smtplib.SMTPNotSupportedError as error:
            return Answer(DeliveryStatus.REFUSED, None, str(error)[:300])
        except smtplib.SMTPResponseException as refused:
            return _answer(refused.smtp_code, refused.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise ServerAway(repr(error)) from error
        return Answer(DeliveryStatus.SENT, 250, None)

    def _connect(self) -> None:
        context = ssl.create_default_context(cafile=self._server.ca_file)
        try:
            if self._server.implicit_tls:
                self._smtp = smtplib.SMTP_SSL(
                    self._server.host, self._server.port, timeout=self._timeout, context=context
                )
            else:
                self._smtp = smtplib.SMTP(self._server.host, self._server.port, timeout=self._timeout)
                self._smtp.ehlo()
                if self._server.require_tls or self._smtp.has_extn("starttls"):
                    self._smtp.starttls(context=context)
            if self._server.user:
                self._smtp.login(self._server.user, self._server.password)
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise ServerAway(repr(error)) from error

    def _close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (smtplib.SMTPException, OSError):
            smtp.close()


def _answer(code: int, text: bytes | str) -> Answer:
    status = DeliveryStatus.REFUSED if code in PERMANENT else DeliveryStatus.LATER
    return Answer(status, code, _plain(text))


def _plain(text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return _ADDRESS.sub("(alamat)", " ".join(words.split()))[:300]
