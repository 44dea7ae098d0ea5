from dataclasses import dataclass

from chassis.settings import BaseSettings

SERVICE = "press"


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    pass
