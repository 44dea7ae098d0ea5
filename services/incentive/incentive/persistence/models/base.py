"""The declarative base of this service's tables."""

from typing import TYPE_CHECKING

from sqlalchemy.orm import DeclarativeBase

from chassis.db import make_base

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()
