"""The base of the tables of the appraisal service, with those of the directory beside them."""

from typing import TYPE_CHECKING

from sqlalchemy.orm import DeclarativeBase

from chassis.db import make_base
from directory.models import include_tables

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()


include_tables(Base.metadata)
