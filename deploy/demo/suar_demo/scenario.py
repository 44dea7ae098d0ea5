"""What the demo shows while it works: steps, sentences with figures, progress, and the comparison at the end."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from chassis.waiting import WaitState


def rupiah(amount: int) -> str:
    """54277912 -> Rp54.277.912."""
    return "Rp" + f"{amount:,}".replace(",", ".")


@dataclass
class Figure:
    """One figure of the year: what was expected, what the system says."""

    name: str
    expected: str
    found: str

    @property
    def is_right(self) -> bool:
        return self.expected == self.found


@dataclass
class Scenario:
    """The console output of the demo. Figures are collected on the way and compared at the end."""

    console: Console = field(default_factory=lambda: Console(highlight=False, soft_wrap=True))
    figures: list[Figure] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    _step: str = ""
    _began: float = 0.0

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        self._step, self._began = title, time.monotonic()
        self.console.print(f"\n[bold cyan]{title}[/]")
        yield
        took = time.monotonic() - self._began
        self.seconds[title] = took
        self.console.print(f"  [dim]({took:.1f} detik)[/]")

    def show(self, sentence: str) -> None:
        self.console.print(f"  {sentence}")

    def report_wait(self, state: WaitState) -> None:
        """Print one line about a wait that takes long."""
        remaining = f"; tersisa: {escape(str(state.remaining))}" if state.remaining else ""
        self.console.print(f"  [dim]… menunggu {escape(state.what)} ({state.waited:.0f} detik){remaining}[/]")

    def check(self, name: str, expected: object, found: object) -> None:
        """Show a figure and record whether it is as expected."""
        figure = Figure(name, str(expected), str(found))
        self.figures.append(figure)
        mark = "[green]✓[/]" if figure.is_right else "[bold red]✗[/]"
        more = "" if figure.is_right else f" [red](seharusnya {figure.expected})[/]"
        self.console.print(f"  {mark} {name}: [bold]{figure.found}[/]{more}")

    @contextmanager
    def progress(self, what: str, total: int) -> Iterator["Advance"]:
        columns = (TextColumn("  {task.description}"), BarColumn(40), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console, transient=True) as bar:
            yield Advance(bar, total, what)

    def compare_figures(self) -> bool:
        """Print every figure on a line; True when all are as expected."""
        self.console.print("\n[bold]Angka-angka tahun ini[/]")
        for figure in self.figures:
            mark = "[green]✓[/]" if figure.is_right else "[bold red]✗[/]"
            more = "" if figure.is_right else f"  [red]seharusnya {figure.expected}[/]"
            self.console.print(f"  {mark} {figure.name:<62} {figure.found}{more}")
        wrong = [figure for figure in self.figures if not figure.is_right]
        if wrong:
            self.console.print(f"[bold red]{len(wrong)} dari {len(self.figures)} angka tidak sesuai.[/]")
        else:
            self.console.print(f"[bold green]Semua {len(self.figures)} angka sesuai.[/]")
        return not wrong


class Advance:
    """A progress bar's handle: call it with how many more are done."""

    def __init__(self, bar: Progress, total: int, what: str) -> None:
        self._bar = bar
        self._task = bar.add_task(what, total=total)

    def __call__(self, more: int = 1) -> None:
        self._bar.advance(self._task, more)

    def to(self, done: int, total: int | None) -> None:
        """Set how many of how many are done."""
        self._bar.update(self._task, completed=done, total=total)
