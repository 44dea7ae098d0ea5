"""Ending on a signal."""

import signal


def raise_keyboard_interrupt_on_signals() -> None:
    """Make SIGINT and SIGTERM raise KeyboardInterrupt, also in a background job.

    A shell without job control starts background jobs with SIGINT ignored, and Python then leaves it ignored.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
