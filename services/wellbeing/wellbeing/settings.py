"""Settings of the wellbeing service: what every service needs, and no other service's address."""

from dataclasses import dataclass

from chassis.settings import BaseSettings

SERVICE = "wellbeing"


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    service: str = SERVICE
