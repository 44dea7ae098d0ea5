"""What the webhooks need of the world outside, put together once for the API and once for the worker."""

from collections.abc import Sequence
from dataclasses import dataclass

from notification.clients.webhooks import WebhookCaller
from notification.domain.addressing import Reach
from notification.domain.retries import Patience
from notification.persistence.sealing import SecretBox


@dataclass(frozen=True)
class Outside:
    box: SecretBox
    reach: Reach
    caller: WebhookCaller
    patience: Patience
    exchange: str


def make_outside(
    *, keys: Sequence[str], reach: Reach, ca_file: str | None, patience_days: int, exchange: str
) -> Outside:
    return Outside(SecretBox(keys), reach, WebhookCaller(reach, ca_file=ca_file), Patience(patience_days), exchange)
