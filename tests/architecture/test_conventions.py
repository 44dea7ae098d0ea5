"""What docs/conventions.md decides and a machine can hold."""

import ast
from dataclasses import dataclass, is_dataclass
from functools import cache
from typing import get_origin

import pytest

from chassis.http.blueprint import ANSWER
from chassis.http.guard import untagged_posts
from tests.architecture.layout import COMPONENTS, ROOT, SERVICES

LONGEST_FUNCTION, LONGEST_FILE = 60, 400
PRODUCT = ("libs", "services", "gateway", "deploy")
PLAIN_TEXT = {"type": "string"}  # a CSV file
CURSORS = "libs/chassis/chassis/pagination.py"


@dataclass(frozen=True)
class Source:
    """What the tests below ask of one file; its syntax tree is not kept."""

    path: str
    lines: int
    functions: list[tuple[int, str, int, str]]  # line, name, length, and the signature of a public one
    imports: list[tuple[int, str, int]]

    @property
    def is_use_case(self):
        return "/use_cases/" in self.path


@cache
def sources():
    """Every Python file but migrations."""
    paths = [path for folder in (*PRODUCT, "tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")]
    return [read(path) for path in sorted(paths) if "migrations" not in path.parts]


def read(path):
    text = path.read_text()
    functions, imports = [], []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            public = node.col_offset == 0 and not node.name.startswith("_")
            length = node.end_lineno - node.lineno + 1
            functions.append((node.lineno, node.name, length, signature(node) if public else ""))
        elif isinstance(node, ast.ImportFrom):
            imports.append((node.lineno, node.module or "", node.level))
        elif isinstance(node, ast.Import):
            imports.extend((node.lineno, alias.name, 0) for alias in node.names)
    return Source(str(path.relative_to(ROOT)), text.count("\n"), functions, imports)


def signature(function):
    return f"{ast.unparse(function.args)} -> {ast.unparse(function.returns) if function.returns else ''}"


def product():
    return [one for one in sources() if one.path.startswith(PRODUCT)]


def test_no_use_case_takes_or_gives_an_untyped_mapping():
    found = [
        f"{one.path}:{line} {name}"
        for one in sources()
        if one.is_use_case
        for line, name, _, text in one.functions
        if "dict[str, Any]" in text or "Mapping[str, Any]" in text
    ]
    assert found == []


def test_no_use_case_imports_the_library_of_sql():
    found = [
        f"{one.path}:{line} {module}"
        for one in sources()
        if one.is_use_case
        for line, module, _ in one.imports
        if module.split(".")[0] in {"sqlalchemy", "psycopg"}
    ]
    assert found == []


def test_imports_are_absolute():
    assert [f"{one.path}:{line}" for one in sources() for line, _, level in one.imports if level] == []


def test_functions_and_files_stay_readable():
    functions = [
        f"{one.path}:{line} {name} has {length} lines"
        for one in product()
        for line, name, length, _ in one.functions
        if length > LONGEST_FUNCTION
    ]
    assert functions == []
    assert [f"{one.path} has {one.lines} lines" for one in sources() if one.lines > LONGEST_FILE] == []


def test_one_module_reads_and_writes_cursors():
    found = {
        one.path for one in product() for _, name, _, _ in one.functions if name in {"encode_cursor", "decode_cursor"}
    }
    assert found == {CURSORS}


@pytest.mark.parametrize("service", SERVICES)
def test_use_cases_stand_in_a_folder_for_each_aggregate(service):
    loose = {path.name for path in (ROOT / f"services/{service}/{service}/use_cases").glob("*.py")}
    assert loose <= {"__init__.py"}


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_answer_in_json_is_a_view(app_of, component):
    app = app_of(component)
    answers = {rule.rule: getattr(app.view_functions[rule.endpoint], ANSWER, None) for rule in app.url_map.iter_rules()}
    untyped = {rule for rule, answer in answers.items() if answer and not is_dataclass(get_origin(answer) or answer)}
    assert {rule for rule in untyped if answers[rule] != PLAIN_TEXT} == set()


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_post_says_what_a_repeat_does(app_of, component):
    assert untagged_posts(app_of(component)) == []
