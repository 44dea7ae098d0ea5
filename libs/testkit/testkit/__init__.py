"""Helpers of the tests; never imported by what is shipped."""
