"""Files that an agency would export: believable, synthetic, and the same for the same seed."""

from suar_sample.generate import MINIMUM_EMPLOYEES, SampleRequest, write_sample

__all__ = ["MINIMUM_EMPLOYEES", "SampleRequest", "write_sample"]
