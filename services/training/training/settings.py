"""Settings of the training service: what every service needs, and nothing more."""

from dataclasses import dataclass

from chassis.settings import BaseSettings

SERVICE = "training"


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    service: str = SERVICE
