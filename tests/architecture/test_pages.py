"""The pages for developers name files, functions and modules of this tree: each one is there."""

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.architecture.layout import ROOT, SERVICES

PAGES = sorted(
    path
    for pattern in ("docs/*.md", "docs/decisions/*.md", "docs/runbooks/*.md", "README.md", "CONTRIBUTING.md", "services/*/README.md", "gateway/README.md")
    for path in ROOT.glob(pattern)
)  # fmt: skip
# A file or a folder, and perhaps what it defines: `domain/evaluation_moves.py: MOVES`.
PATH = re.compile(
    r"(?P<path>[\w.{},*/-]+\.(?:py|toml|md|txt|json|sql|yml|conf|js)|[\w.{},-]+(?:/[\w.{},-]+)*/)(?:: (?P<name>\w+))?"
)
# The tree, or what lies in it, without an ending: `tests/upgrade`, `services/appraisal`.
TOP = re.compile(r"(?:contracts|deploy|docs|gateway|libs|services|tests)(?:/[\w.{},-]+)+")
BLOCK = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
MODULE = re.compile(r"(?:chassis|directory|operations|spreadsheets|testkit)(?:\.[a-z_]+)+")
# What a page only supposes: the service of adding-a-service.md, new files of an example, files of a running system or of
# somebody else.
SUPPOSED = re.compile(
    r"leave|NNNN|0001_suggestions\.sql|http/suggestions\.py|use_cases/plans/withdraw\.py|secrets/access\.json"
    r"|package\.json|swagger-ui|/api/|/jobs|/imports"
)


def quoted(text: str) -> Iterator[str]:
    """Yield what stands in backticks, and of blocks of code `file.py: name` only."""
    prose, blocks = BLOCK.sub("", text), "".join(BLOCK.findall(text))
    yield from re.findall(r"`([^`\n]+)`", prose)
    yield from re.findall(r"[\w/]+\.py: \w+", blocks)


def written_out(path: str) -> list[str]:
    """Return the paths that `persistence/{plans,progress}.py` stands for."""
    parts = [part.split(",") if at % 2 else [part] for at, part in enumerate(re.split(r"[{}]", path))]
    return ["".join(chosen) for chosen in product(*parts)]


def places(page: Path) -> list[Path]:
    """Return where a page's paths begin: the tree, the page's own service or the example of the conventions."""
    own = page.parent
    if own.parent.name == "services":
        return [ROOT, own, own / own.name]
    if own.name == "gateway":
        return [ROOT, own, own / "gateway", own / "edge/suar_edge"]
    example = [ROOT / f"services/{name}/{name}" for name in ("appraisal", *SERVICES)]
    return [ROOT, own, *(ROOT / folder for folder in ("contracts", "gateway", "libs/chassis/chassis")), *example]


def found(page: Path, path: str) -> list[Path]:
    """Return the files that a path may mean; a bare name means the file of that name, wherever it lies."""
    by_place = [there for place in places(page) for there in place.glob(path.strip("/"))]
    if by_place or "/" in path.strip("/"):
        return by_place
    return [there for place in places(page)[1:] for there in place.rglob(path)]


def names_in(path: Path) -> set[str]:
    """Return the functions, methods, classes and constants that a file defines."""
    tree = ast.walk(ast.parse(path.read_text()))
    names = set()
    for node in tree:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names.update(one.id for one in targets if isinstance(one, ast.Name))
    return names


def faults(page: Path, text: str) -> Iterator[str]:
    """Yield what a page names and the tree has not."""
    for quote in quoted(text):
        match = PATH.fullmatch(quote) or (TOP.fullmatch(quote) and PATH.fullmatch(quote + "/"))
        if SUPPOSED.search(quote):
            continue
        if match:
            for path in written_out(match["path"]):
                files = found(page, path)
                if not files:
                    yield f"{path} does not exist"
                elif match["name"] and not any(match["name"] in names_in(file) for file in files):
                    yield f"{path} does not define {match['name']}"
        elif MODULE.fullmatch(quote):
            folder = ROOT / "libs" / quote.split(".")[0] / quote.replace(".", "/")
            if not (folder.is_dir() or folder.with_suffix(".py").is_file()):
                yield f"{quote} is no module"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_only_what_is_there(page: Path) -> None:
    assert list(faults(page, page.read_text())) == []


@pytest.mark.parametrize(
    "text",
    [
        "`services/appraisal/appraisal/domain/no_such_file.py`",
        "`domain/no_such_file.py`",
        "`no_such_file.py`",
        "`persistence/{plans,no_such_file}.py`",
        "`tests/no_such_folder`",
        "`no_such_folder/`",
        "`domain/evaluation.py: NO_SUCH_TABLE`",
        "`chassis.no_such_module`",
        "```\n    domain/evaluation.py: no_such_function\n```",
    ],
)
def test_what_is_not_there_is_found(text: str) -> None:
    assert len(list(faults(ROOT / "docs/conventions.md", text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "`domain/evaluation_moves.py: MOVES`",
        "`persistence/plans.py: list_plans`",
        "`use_cases/objections/{file,decide,read}.py`",
        "`services/<name>/<name>/domain/<aggregate>.py`",
        "`chassis.http.fields`",
        "`tests/upgrade`",
        "```\n`no_such_file.py`\n```",
    ],
)
def test_what_is_there_and_what_is_only_a_pattern_is_no_fault(text: str) -> None:
    assert list(faults(ROOT / "docs/conventions.md", text)) == []
