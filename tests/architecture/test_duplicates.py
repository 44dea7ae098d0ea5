"""What two services say in the same words stands once, in a library."""

import ast
from itertools import groupby

from tests.architecture.layout import ROOT, SERVICES

MOST_SHARED = 5


def lines_of(text):
    """The lines that say something, with their numbers: no blank ones, no comments, no imports."""
    imports = {
        number
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for number in range(node.lineno, node.end_lineno + 1)
    }
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#") and number not in imports:
            yield number, stripped


def blocks_of(text):
    """Every block of one line more than two services may share, with the number of its first line."""
    lines = list(lines_of(text))
    for start in range(len(lines) - MOST_SHARED):
        block = lines[start : start + MOST_SHARED + 1]
        yield tuple(line for _, line in block), block[0][0]


def shared(sources):
    """The blocks that stand in two services, as texts `place = place`, of `(service, place): text`."""
    found = sorted(
        (block, service, f"{place}:{number}")
        for (service, place), text in sources.items()
        for block, number in blocks_of(text)
    )
    for _, same in groupby(found, key=lambda one: one[0]):
        places = {service: place for _, service, place in same}
        if len(places) > 1:
            yield " = ".join(places.values())


def test_no_block_of_six_lines_stands_in_two_services():
    sources = {
        (service, str(path.relative_to(ROOT))): path.read_text()
        for service in SERVICES
        for path in (ROOT / "services" / service / service).rglob("*.py")
    }
    assert len(sources) > 500
    assert list(shared(sources)) == []


def test_such_a_block_is_found_whatever_stands_around_it():
    block = [f"step_{number}()" for number in range(6)]
    first = "\n".join(["import os", "", *block[:3], "# why", *block[3:], "own()"])
    second = "\n".join(["other()", *block])
    sources = {("one", "one.py"): first, ("two", "two.py"): second, ("two", "more.py"): second}
    assert list(shared(sources)) == ["one.py:3 = two.py:2"]
    assert list(shared({("one", "a.py"): first, ("one", "b.py"): second})) == []
    assert list(shared({("one", "a.py"): first, ("two", "b.py"): "\n".join(block[:5])})) == []
