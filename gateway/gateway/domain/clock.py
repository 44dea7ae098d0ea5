"""Business time, which demonstrations and tests may turn."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ClockView:
    now: datetime
