"""The clients and settings that outbound webhook calls need, put together once for a process."""

from dataclasses import dataclass

from notification.clients.sealing import SecretBox
from notification.clients.webhooks import WebhookCaller
from notification.domain.addressing import EgressPolicy
from notification.domain.retries import Patience


@dataclass(frozen=True)
class OutboundClients:
    box: SecretBox
    policy: EgressPolicy
    caller: WebhookCaller
    patience: Patience
    exchange: str
