"""What came out: JSON with every sample, a table in Markdown, a plot."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.rounds import Contestant, Metric, Race, Suite

DOCUMENT = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def write(suite: Suite, races: Sequence[Race], machine: dict[str, str], out: Path) -> str:
    """Write `<suite>.json` and `.svg` into `out`; gives the table, as Markdown."""
    out.mkdir(parents=True, exist_ok=True)
    record = {
        "suite": suite.name,
        "machine": machine,
        "races": [{"title": race.title, "samples": race.samples} for race in races],
    }
    (out / f"{suite.name}.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n")
    plot(races, out / f"{suite.name}.svg")
    return markdown(suite, races, machine)


def document(suite: Suite, table: str, page: Path = DOCUMENT) -> None:
    """Put a suite's table where docs/benchmarks.md keeps it, between its two marks."""
    begin, end = f"<!-- {suite.name}: made by python -m benchmarks -->", f"<!-- {suite.name}: end -->"
    text = page.read_text() if page.exists() else "# Benchmarks\n"
    block = f"{begin}\n{table}\n{end}"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    text = pattern.sub(lambda _: block, text) if pattern.search(text) else f"{text}\n## {suite.title}\n{block}\n"
    page.write_text(text)


def markdown(suite: Suite, races: Sequence[Race], machine: dict[str, str]) -> str:
    parts = ["; ".join(f"{key}: {value}" for key, value in machine.items() if value) + ".", ""]
    for race in races:
        if not race.samples:
            continue
        parts += [f"### {race.title}", *([race.note, ""] if race.note else []), *_table(race), ""]
        parts += [f"- **{one.name}**: {one.does}" for one in race.contestants] + [""]
    parts.append(f"![{suite.title}](benchmarks/{suite.name}.svg)")
    return "\n".join(parts) + "\n"


def _table(race: Race) -> list[str]:
    goals = [f" (goal {_number(metric.goal)})" if metric.goal is not None else "" for metric in race.metrics]
    heads = [
        cell
        for metric, goal in zip(race.metrics, goals, strict=True)
        for cell in (f"{metric.name}, {metric.unit}{goal}", "ours against it")
    ]
    rows = ["| | rounds | " + " | ".join(heads) + " |", "|---|---" + "|---" * len(heads) + "|"]
    for contestant in race.contestants:
        samples = race.samples.get(contestant.name, [])
        cells = [cell for metric in race.metrics for cell in _cells(race, metric, contestant)]
        rows.append(f"| {contestant.name} | {len(samples)} | " + " | ".join(cells) + " |")
    return rows


def _cells(race: Race, metric: Metric, one: Contestant) -> tuple[str, str]:
    values = values_of(race, metric, one.name)
    if not values:
        return "failed", ""
    spread = f"**{_number(median(values))}** ({_number(min(values))} … {_number(max(values))})"
    ours = values_of(race, metric, race.contestants[0].name)
    if one.is_ours or one is race.contestants[0] or not ours or not median(values):
        return spread, ""
    return spread, f"{median(ours) / median(values):.2f} ×"


def values_of(race: Race, metric: Metric, name: str) -> list[float]:
    return [sample[metric.name] for sample in race.samples.get(name, [])]


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def plot(races: Sequence[Race], path: Path) -> None:
    """One panel for each metric of each race: a bar for the median, a dot for each round, a line for the goal."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "suar"
    from matplotlib import pyplot as plt

    panels = [(race, metric) for race in races if race.samples for metric in race.metrics]
    if not panels:
        return
    tallest = max(len(race.contestants) for race, _ in panels)
    figure, axes = plt.subplots(
        len(panels), 1, figsize=(8, len(panels) * (0.9 + 0.32 * tallest)), squeeze=False, layout="constrained"
    )
    for (race, metric), axis in zip(panels, axes[:, 0], strict=True):
        _panel(axis, race, metric)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _panel(axis: Any, race: Race, metric: Metric) -> None:
    shown = [one for one in race.contestants if race.samples.get(one.name)]
    for place, one in enumerate(shown):
        values = values_of(race, metric, one.name)
        is_ours = one.is_ours or one is race.contestants[0]
        axis.barh(place, median(values), color="#1b6ca8" if is_ours else "#b8c4ce")
        axis.plot(values, [place] * len(values), "k.", markersize=4)
    if metric.goal is not None:
        axis.axvline(metric.goal, color="#c0392b", linestyle="--", linewidth=1)
    axis.set_yticks(range(len(shown)), [one.name for one in shown])
    axis.invert_yaxis()
    axis.set_title(f"{race.title}: {metric.name}, {metric.unit}", fontsize=9, loc="left")
    axis.tick_params(labelsize=8)
