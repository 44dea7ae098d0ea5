"""Another agency's webhook receiver, which keeps what it was sent as it was sent."""

from dataclasses import dataclass, field

from suar_demo.stub_servers import WebhookSink


@dataclass
class Receiver(WebhookSink):
    deliveries: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)

    def receive(self, body: bytes, headers: dict[str, str]) -> int:
        self.deliveries.append((body, headers))
        return super().receive(body, headers)
