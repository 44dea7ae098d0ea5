"""Tables as people upload them."""

from chassis.tables.read import Columns, Limits, Table, read_table
from chassis.tables.xlsx import MEGABYTE

__all__ = ["MEGABYTE", "Columns", "Limits", "Table", "read_table"]
