"""Files that an agency would export: believable, synthetic, and the same for the same seed."""

from suarctl.sample.generate import MINIMUM_EMPLOYEES, SampleRequest, write_sample

__all__ = ["MINIMUM_EMPLOYEES", "SampleRequest", "write_sample"]
