"""The rules of pay, credit points, eligibility and honours: pure functions over plain values."""
