"""What an operator sets for this service."""

from dataclasses import dataclass
from hashlib import sha256

from chassis.settings import BaseSettings, Mode, SettingsError, setting
from notification.clients.outbound import OutboundClients
from notification.clients.sealing import SecretBox
from notification.clients.smtp import SmtpServer
from notification.clients.webhooks import WebhookCaller
from notification.domain.addressing import EgressPolicy, Network, parse_allow_list
from notification.domain.email import Letterhead, is_address
from notification.domain.retries import Patience

SERVICE = "notification"
AllowList = tuple[frozenset[str], tuple[Network, ...]]


def _server(text: str) -> SmtpServer | None:
    return SmtpServer.parse(text) if text else None


def _keys(text: str) -> tuple[str, ...]:
    keys = tuple(part.strip() for part in text.split(",") if part.strip())
    if any(len(key) < 32 for key in keys):  # noqa: PLR2004
        raise ValueError("each key needs 32 characters or more")
    return keys


def _base(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise ValueError("must start with https:// or http://")
    return text.rstrip("/")


def _sender(text: str) -> str:
    if not is_address(text):
        raise ValueError("must be one e-mail address")
    return text


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= 90:  # noqa: PLR2004
        raise ValueError("must be 1 to 90")
    return days


def _retention_days(text: str) -> int:
    days = int(text)
    if days < 30:  # noqa: PLR2004
        raise ValueError("must be 30 or more")
    return days


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    smtp: SmtpServer | None = setting(
        "SMTP_URL", default=None, parse=_server, secret=True,
        help="smtp://host:port (STARTTLS where offered; ?starttls=required insists) or smtps://user:password@host; "
        "empty: no e-mail is sent",
    )  # fmt: skip
    mail_sender: str = setting(
        "MAIL_SENDER", default="tidak-dibalas@suar.invalid", parse=_sender, help="address that e-mails come from"
    )
    public_base_url: str = setting(
        "PUBLIC_BASE_URL", default="http://localhost:8080", parse=_base, help="where links in e-mails lead"
    )
    webhook_keys: tuple[str, ...] = setting(
        "WEBHOOK_SECRET_KEYS", default=(), parse=_keys, secret=True,
        help="keys that seal webhook secrets at rest, newest first, comma separated, 32 characters or more each",
    )  # fmt: skip
    webhook_allow: AllowList = setting(
        "WEBHOOK_ALLOW", default=(frozenset(), ()), parse=parse_allow_list,
        help="hosts and networks inside the own network that webhooks may reach, comma separated",
    )  # fmt: skip
    webhook_private: bool | None = setting(
        "WEBHOOK_PRIVATE", default=None, parse=lambda text: text == "1",
        help="1 or 0: whether webhooks may reach plain http and private addresses; 1 in demo and test only",
    )  # fmt: skip
    webhook_ca_file: str = setting(
        "WEBHOOK_CA_FILE", default="", help="PEM of authorities trusted for endpoints, instead of the system's"
    )
    webhook_patience_days: int = setting(
        "WEBHOOK_PATIENCE_DAYS", default=5, parse=_days, help="an endpoint that fails as long is switched off"
    )
    deliveries_retention_days: int = setting(
        "DELIVERIES_RETENTION_DAYS",
        default=90,
        parse=_retention_days,
        help="how long the log of settled deliveries is kept",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.mode is not Mode.PRODUCTION:
            return
        if not self.webhook_keys:
            raise SettingsError("WEBHOOK_SECRET_KEYS is missing: production does not invent keys")
        if self.webhook_private:
            raise SettingsError("WEBHOOK_PRIVATE=1, but SUAR_MODE is production: name hosts in WEBHOOK_ALLOW instead")

    @property
    def egress_policy(self) -> EgressPolicy:
        loose = self.mode is not Mode.PRODUCTION if self.webhook_private is None else self.webhook_private
        hosts, networks = self.webhook_allow
        return EgressPolicy(insecure_allowed=loose, private_allowed=loose, hosts=hosts, networks=networks)

    @property
    def letterhead(self) -> Letterhead:
        return Letterhead(f"Suar <{self.mail_sender}>", self.public_base_url, self.mail_sender.rpartition("@")[2])

    def make_outbound_clients(self) -> OutboundClients:
        """Return what webhooks need. Without keys, outside production, all processes of a database share one."""
        keys = self.webhook_keys or (sha256(f"suar:{self.database_url}".encode()).hexdigest(),)
        caller = WebhookCaller(self.egress_policy, ca_file=self.webhook_ca_file or None)
        patience, exchange = Patience(self.webhook_patience_days), f"{self.bus_namespace}.events"
        return OutboundClients(SecretBox(keys), self.egress_policy, caller, patience, exchange)
