"""What the service_name service reads from its environment."""

from dataclasses import dataclass

from chassis.settings import BaseSettings

SERVICE = "service_name"


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    """Nothing beyond the base."""
