"""One word per idea, the field's own: words that were given up do not come back, in names or in prose."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = ("libs", "services", "gateway", "deploy")
TESTKIT = "libs/testkit"

RETIRED = {
    "act": "step, or action",
    "circle": "cycle",
    "circles": "cycles",
    "dirt": "defects",
    "door": "edge, token lookup, or role check",
    "doors": "endpoints",
    "fact": "event",
    "facts": "events, or what they are: status, details",
    "forgetting": "retention",
    "ground": "backend, server, or target",
    "grounds": "backends",
    "hands": "threads, or retry",
    "happening": "trigger",
    "hear": "consume, or handle",
    "heard": "received, or queued",
    "hearing": "handling",
    "hears": "consumes, or subscribes to",
    "hop": "span",
    "horizon": "retention watermark",
    "house": "layout, or dependencies",
    "housekeeping": "retention",
    "insist": "kill",
    "judge": "rate, or classify",
    "judgement": "rating",
    "judging": "rating",
    "keeper": "heartbeat, or lease renewal",
    "mine": "own",
    "neighbour": "dependency, or other service",
    "press": "producer, or origin",
    "reach": "scope, or egress policy",
    "said": "published",
    "settle": "finalise, resolve, or wait until consistent",
    "settling": "finalising",
    "shelf": "consumer, or forwarder",
    "shipped": "defaults",
    "spread": "distribution",
    "story": "scenario",
    "stranger": "anonymous, or outsider",
    "surroundings": "unit context",
    "tell": "notify, or record",
    "teller": "notifier",
    "tells": "notifies, or records",
    "tend": "keep alive",
    "told": "received, or notice",
    "town": "cluster",
    "toys": "sample services",
    "unreadable": "malformed",
    "unsaid": "unpublished",
    "verdict": "status, check, or rating",
    "wire": "socket",
    "world": "context, or agency",
}
ALLOWED = {
    ("libs/documents/documents/files.py", "tell"): "a method of io.IOBase",
    ("services/notification/notification/persistence/models.py", "heard_at"): "a column of a published migration",
}
# Those without an ordinary use that prose here would need: they are not in what people read either.
RETIRED_IN_PROSE = {
    "dirt",
    "door",
    "doors",
    "heard",
    "hearing",
    "hears",
    "housekeeping",
    "judge",
    "judgement",
    "judging",
    "neighbour",
    "said",
    "stranger",
    "teller",
    "told",
    "town",
    "toys",
    "unsaid",
    "verdict",
}
CODE = re.compile(r"^```.*?^```|`[^`]*`", re.MULTILINE | re.DOTALL)


def product_files() -> list[Path]:
    found = [path for folder in PRODUCT for path in (ROOT / folder).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts and not path.is_relative_to(ROOT / TESTKIT)]


def shared_test_files() -> list[Path]:
    found = [path for folder in (TESTKIT, "tests") for path in (ROOT / folder).rglob("*.py")]
    return [path for path in found if not path.name.startswith("test_")]


def names_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of each function, class, argument and annotated field."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        if isinstance(node, ast.ClassDef):
            fields = [one for one in node.body if isinstance(one, ast.AnnAssign)]
            yield from ((one.lineno, one.target.id) for one in fields if isinstance(one.target, ast.Name))


@cache
def words_of(name: str) -> tuple[str, ...]:
    """Split `snake_case`, `CamelCase` and `HTTPServer` into words."""
    return tuple(word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name))


def retired_in(path: Path, text: str, retired: dict[str, str]) -> list[str]:
    where = str(path.relative_to(ROOT))
    # parsing is dear: only a file that holds a retired word anywhere is parsed
    if not any(word in retired for name in {path.stem, *re.findall(r"\w+", text)} for word in words_of(name)):
        return []
    return [
        f"{where}:{line}: {name} says {word!r}; use {retired[word]}"
        for line, name in [(1, path.stem), *names_in(text)]
        if (where, name) not in ALLOWED
        for word in words_of(name)
        if word in retired
    ]


def test_no_name_of_the_product_uses_a_retired_word() -> None:
    found = [fault for path in product_files() for fault in retired_in(path, path.read_text(), RETIRED)]
    assert not found, "\n".join(found)


def test_no_name_that_tests_share_uses_a_retired_word() -> None:
    found = [fault for path in shared_test_files() for fault in retired_in(path, path.read_text(), RETIRED)]
    assert not found, "\n".join(found)


def pages() -> list[Path]:
    """Return the pages under docs, and each README."""
    folders = (*PRODUCT, "contracts", "benchmarks", "tests/upgrade")
    readmes = [path for folder in folders for path in (ROOT / folder).rglob("README.md")]
    return [ROOT / "README.md", *readmes, *(ROOT / "docs").rglob("*.md")]


def prose_of_page(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line with its number, without code."""
    without_code = CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
    yield from enumerate(without_code.splitlines(), 1)


def prose_of_module(text: str) -> Iterator[tuple[int, str]]:
    """Yield each docstring with the line at which its owner begins."""
    owners = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, owners) and (docstring := ast.get_docstring(node)):
            yield getattr(node, "lineno", 1), CODE.sub("", docstring)


def prose_of_schema(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line that holds a description."""
    yield from ((number, line) for number, line in enumerate(text.splitlines(), 1) if '"description":' in line)


def retired_in_prose(where: str, prose: Iterator[tuple[int, str]]) -> list[str]:
    return [
        f"{where}:{line}: {word!r} in prose; use {RETIRED[word]}"
        for line, text in prose
        for word in re.findall(r"[a-z]+", text.lower())
        if word in RETIRED_IN_PROSE
    ]


def test_no_page_docstring_or_description_uses_a_retired_word() -> None:
    prose = {
        **dict.fromkeys(pages(), prose_of_page),
        **dict.fromkeys(product_files(), prose_of_module),
        **dict.fromkeys((ROOT / "contracts").rglob("*.json"), prose_of_schema),
    }
    found = [
        fault
        for path, prose_of in prose.items()
        for fault in retired_in_prose(str(path.relative_to(ROOT)), prose_of(path.read_text()))
    ]
    assert not found, "\n".join(found)


def test_a_retired_word_is_found_in_prose_and_not_in_code() -> None:
    page = prose_of_page("Others hear.\n```\ntold\n```\n`people_told`, and they are told")
    assert retired_in_prose("page.md", page) == ["page.md:5: 'told' in prose; use received, or notice"]
    module = prose_of_module('"""A module."""\n\ndef told():\n    """Heard once."""\n')
    assert retired_in_prose("module.py", module) == ["module.py:3: 'heard' in prose; use received, or queued"]
    schema = prose_of_schema('{"title": "told",\n "description": "Said once."}')
    assert retired_in_prose("schema.json", schema) == ["schema.json:2: 'said' in prose; use published"]


def test_each_word_retired_in_prose_has_a_term_that_stands_for_it() -> None:
    assert set(RETIRED) >= RETIRED_IN_PROSE


@pytest.mark.parametrize(
    "text",
    [
        "def tell_people(): ...",
        "async def _told(): ...",
        "class EventsHeard: ...",
        "def send(facts): ...",
        "call(lambda *, mine: mine)",
        "class Message:\n    verdict: str",
    ],
)
def test_a_retired_word_is_found_wherever_a_name_is_defined(text: str) -> None:
    assert len(retired_in(ROOT / "libs/module.py", text, RETIRED)) == 1


def test_a_retired_word_is_found_in_the_name_of_a_file() -> None:
    (fault,) = retired_in(ROOT / "libs/audit_verdict.py", "", RETIRED)
    assert fault == "libs/audit_verdict.py:1: audit_verdict says 'verdict'; use status, check, or rating"


def test_a_word_inside_another_is_no_retired_word() -> None:
    assert not retired_in(ROOT / "libs/module.py", "def factory(household, wired): ...", RETIRED)


@pytest.mark.parametrize(("path", "name"), ALLOWED)
def test_what_is_allowed_is_still_there(path: str, name: str) -> None:
    assert name in {found for _, found in names_in((ROOT / path).read_text())}
