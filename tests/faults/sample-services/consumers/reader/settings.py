from dataclasses import dataclass

from chassis.settings import BaseSettings

SERVICE = "reader"


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    pass
