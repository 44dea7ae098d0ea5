"""What webhooks need of the world outside, put together once for a process."""

from dataclasses import dataclass

from notification.clients.sealing import SecretBox
from notification.clients.webhooks import WebhookCaller
from notification.domain.addressing import Reach
from notification.domain.retries import Patience


@dataclass(frozen=True)
class Outside:
    box: SecretBox
    reach: Reach
    caller: WebhookCaller
    patience: Patience
    exchange: str
