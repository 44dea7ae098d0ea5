from dataclasses import dataclass

from chassis.settings import BaseSettings

SERVICE = "hearer"


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    pass
