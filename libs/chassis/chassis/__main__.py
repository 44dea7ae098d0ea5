"""`python -m chassis …`: a fifth of a start was the collector's, which found no garbage in what is being loaded."""

import gc

gc.disable()

from chassis.commands import run  # noqa: E402 - the imports are what is to be loaded without it

run()
