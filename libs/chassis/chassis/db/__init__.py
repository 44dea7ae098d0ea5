"""PostgreSQL: declarative base, engine, and transactions bound to one agency."""

from chassis.db.base import AgencyRow, agency_column, make_base
from chassis.db.engine import Database

__all__ = ["AgencyRow", "Database", "agency_column", "make_base"]
