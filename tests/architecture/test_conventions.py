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
FILES = ({"type": "string"}, {"type": "string", "format": "binary"})  # CSV, PDF
CURSORS = "libs/chassis/chassis/pagination.py"
MAPPINGS = {"dict", "defaultdict", "Mapping", "MutableMapping"}
UNTYPED = {"Any", "object"}


@dataclass(frozen=True)
class Source:
    """What the tests below ask of one file; its syntax tree is not kept."""

    path: str
    lines: int
    functions: list[tuple[int, str, int]]  # line, name, length
    imports: list[tuple[int, str, int]]
    untyped_mappings: list[tuple[int, str]]

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
    functions, imports, tree = [], [], ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            functions.append((node.lineno, node.name, node.end_lineno - node.lineno + 1))
        elif isinstance(node, ast.ImportFrom):
            imports.append((node.lineno, node.module or "", node.level))
        elif isinstance(node, ast.Import):
            imports.extend((node.lineno, alias.name, 0) for alias in node.names)
    return Source(str(path.relative_to(ROOT)), text.count("\n"), functions, imports, untyped_mappings(tree))


def untyped_mappings(tree):
    """Every `dict[str, Any]` and its like, in whichever annotation or alias, and every `**values: Any`."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Tuple(elts=[_, ast.Name(id=value)])):
                if name in MAPPINGS and value in UNTYPED:
                    found.append((node.lineno, ast.unparse(node)))
            case ast.arguments(kwarg=ast.arg(arg=name, annotation=ast.Name(id=value))) if value in UNTYPED:
                found.append((node.kwarg.lineno, f"**{name}: {value}"))
    return sorted(found)


def product():
    return [one for one in sources() if one.path.startswith(PRODUCT)]


def test_no_use_case_handles_an_untyped_mapping():
    found = [f"{one.path}:{line} {text}" for one in sources() if one.is_use_case for line, text in one.untyped_mappings]
    assert found == []


def test_an_untyped_mapping_is_found_wherever_it_stands():
    code = """
class Something:
    kept: dict[str, object]
    def _method(self, *, one: list[dict[str, Any]]) -> None:
        def nested(**values: Any) -> Mapping[str, Any] | None: ...
Alias = dict[str, dict[str, Any]]
typed: dict[str, int] = {}
"""
    found = ["dict[str, object]", "dict[str, Any]", "**values: Any", "Mapping[str, Any]", "dict[str, Any]"]
    assert untyped_mappings(ast.parse(code)) == list(zip((3, 4, 5, 5, 6), found, strict=True))


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
        for line, name, length in one.functions
        if length > LONGEST_FUNCTION
    ]
    assert functions == []
    assert [f"{one.path} has {one.lines} lines" for one in sources() if one.lines > LONGEST_FILE] == []


def test_one_module_reads_and_writes_cursors():
    found = {
        one.path for one in product() for _, name, _ in one.functions if name in {"encode_cursor", "decode_cursor"}
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
    assert {rule for rule in untyped if answers[rule] not in FILES} == set()


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_post_says_what_a_repeat_does(app_of, component):
    assert untagged_posts(app_of(component)) == []
