"""A reader: hears of what was printed and of what was shelved."""
