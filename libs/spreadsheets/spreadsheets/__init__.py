"""Tables as people upload them."""

from spreadsheets.read import Columns, Limits, Row, Table, count_rows, read_table
from spreadsheets.xlsx import MEGABYTE

__all__ = ["MEGABYTE", "Columns", "Limits", "Row", "Table", "count_rows", "read_table"]
