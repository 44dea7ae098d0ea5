"""The demo: a fictional ministry plays its year through the public API, and every figure is checked."""

from collections.abc import Sequence


def main(words: Sequence[str]) -> int:
    """Run `suar demo`; gives 0 when every figure is as expected, 1 when not."""
    from suarctl.demo.run import run

    return run(words)
