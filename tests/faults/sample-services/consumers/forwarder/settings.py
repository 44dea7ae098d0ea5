from dataclasses import dataclass

from chassis.settings import BaseSettings

SERVICE = "forwarder"


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    pass
