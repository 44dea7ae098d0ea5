"""Rules of the product that no linter knows."""

import ast
import importlib
import pkgutil
import re
from string import Formatter

import pytest

from chassis.errors import AppError
from tests.architecture.layout import COMPONENTS, ROOT, SERVICES


def every_error():
    for component in ("chassis", *COMPONENTS):
        package = importlib.import_module(component)
        for module in pkgutil.walk_packages(package.__path__, f"{component}."):
            if "testing" in module.name or module.name.endswith(("__main__", "entrypoint")):
                continue
            importlib.import_module(module.name)
    seen = []
    waiting = [AppError]
    while waiting:
        for child in waiting.pop().__subclasses__():
            if child.__module__.split(".")[0] in {"chassis", *COMPONENTS}:
                seen.append(child)
            waiting.append(child)
    return seen


def test_every_error_has_a_code_of_its_own_and_a_sentence_that_helps():
    codes = {}
    for error in every_error():
        assert re.fullmatch(r"[a-z][a-z0-9_]+", error.code), error
        assert codes.setdefault(error.code, error) is error, f"{error} and {codes[error.code]} share {error.code}"
        assert error.code == "error" or error.sentence != AppError.sentence, f"{error} has no sentence of its own"


def test_no_sentence_for_people_has_an_id():
    """A UUID is no word of anybody's: what a program needs of it stands in `errors`, what people call it in the text."""
    for error in every_error():
        placed = {name for _, name, _, _ in Formatter().parse(error.sentence) if name}
        assert not {one for one in placed if one == "id" or one.endswith("_id")}, error


def names_in(source):
    """What a module imports, and the strings it quotes other than docstrings; comments and identifiers are prose."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and ast.get_docstring(node, clean=False) is not None
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            # a name, an event or a route (`desk`, `desk.BookLent.v1`, `/api/v1/desk`), never a sentence or a statement
            yield from re.split(r"[./]", node.value) if " " not in node.value else ()


@pytest.mark.parametrize("path", sorted((ROOT / "libs/chassis/chassis").rglob("*.py")), ids=lambda path: path.stem)
def test_the_chassis_knows_no_service(path):
    assert not set(names_in(path.read_text())) & {*SERVICES, "skp", "predicate", "tukin"}


def test_a_service_may_be_called_by_an_english_word():
    source = '''"""Connections leave the pool. A report is due."""
import report.app
LEAVE = "leave the queue"
def leave(report):  # leave
    """leave"""
    return {"leave": report}
'''
    assert set(names_in(source)) & {"leave", "report"} == {"leave", "report"}
    prose = source.replace("import report.app\n", "").replace('{"leave": report}', "report")
    assert not set(names_in(prose)) & {"leave", "report"}


def test_no_path_of_a_workplace_and_no_secret_stands_in_the_tree():
    pattern = re.compile(r"BEGIN (RSA |EC |OPENSSH )?PRIVATE KEY|AKIA[0-9A-Z]{16}")
    for path in ROOT.rglob("*"):
        if (
            path.suffix in {".py", ".md", ".yml", ".toml", ".conf", ".sh"}
            and ".venv" not in path.parts
            and "tests" not in path.parts
        ):
            assert not pattern.search(path.read_text(errors="ignore")), path
