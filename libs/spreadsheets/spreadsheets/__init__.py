"""Tables as people upload them."""

from spreadsheets.read import Columns, Limits, Table, read_table
from spreadsheets.xlsx import MEGABYTE

__all__ = ["MEGABYTE", "Columns", "Limits", "Table", "read_table"]
