"""What is wrong with one cell of an import file, or with one field of a request."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One remark on one value. `refuses`: the row stays out; otherwise it comes in, as `expected` explains."""

    column: str
    value: str
    code: str
    expected: str
    refuses: bool = True
