-- Credit of a single month, for agencies that evaluate monthly. Its part is 0: the former release writes quarters only.

ALTER TABLE credit_entry ADD COLUMN month INTEGER;
