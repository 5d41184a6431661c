"""The house rules that a machine can hold us to."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from voice.database import sql

ROOT = Path(__file__).parent.parent
VOICE = ROOT / "src/voice"
TEMPLATES = ROOT / "templates"
MODULES = sorted(VOICE.rglob("*.py"))
STORES = sorted(VOICE.glob("*/*store.sql"))
MIGRATIONS = sorted((VOICE / "database/migrations").glob("*.sql"))
WRITES = re.compile(r"\b(?:insert into|update|delete from|truncate)\s+(?!skip)(\w+)", re.IGNORECASE)

# The edges: modules that may know the web or the database. Everything else is a pure idea.
EDGES = re.compile(r"(^|_)(pages|store|run|guards|queue|work|visit|sending)$")
EDGE_ROOMS = {"web", "database", "jobs", "cli", "demo"}
FRONT_DOORS = {"app", "doors", "worker"}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "service", "base"}


def name_of(path: Path) -> str:
    return str(path.relative_to(VOICE))


def imported(module: Path) -> set[str]:
    """The top names of all packages that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("store", STORES, ids=lambda path: path.parent.name)
async def test_every_query_fits_the_real_schema(store, db):
    for name, query in vars(sql.load(str(store))).items():
        try:
            await db.prepare(query)
        except Exception as error:
            raise AssertionError(f"{store.parent.name}.{name}: {error}") from error


def test_every_query_is_used():
    unused = [
        f"{store.parent.name}.{name}"
        for store in STORES
        for name in vars(sql.load(str(store)))
        if f"SQL.{name}" not in store.with_suffix(".py").read_text(encoding="utf-8")
    ]
    assert unused == []


def test_each_table_is_written_by_one_room_only():
    writers: dict[str, set[str]] = {}
    for store in STORES:
        without_upserts = store.read_text(encoding="utf-8").replace("do update set", "")
        for table in WRITES.findall(re.sub(r"for (no key )?update", "", without_upserts)):
            writers.setdefault(table, set()).add(store.parent.name)
    assert writers, "the pattern finds writers"
    assert {t: rooms for t, rooms in writers.items() if len(rooms) > 1} == {}


def test_sql_stands_in_sql_files_only():
    """The queue's one question apart, SQL is read where SQL is written."""
    allowed = {"database/migrate.py", "jobs/queue.py", "demo/stage.py"}
    found = {
        name_of(module)
        for module in MODULES
        if re.search(r"[\"'](select|insert|update|delete) \w", module.read_text(encoding="utf-8"))
    }
    assert {name for name in found if not name.startswith("database/")} <= allowed


def test_raw_words_are_read_only_on_the_way_to_redaction():
    readers = {
        store.parent.name
        for store in STORES
        if re.search(r"\b(from|join|into|update)\s+answers\b", store.read_text(encoding="utf-8"))
    }
    assert readers == {"answering", "safeguarding", "enrichment"}


def test_worries_are_read_by_safeguarding_only():
    readers = {
        store.parent.name
        for store in STORES
        if re.search(r"\b(flags|flag_actions)\b", store.read_text(encoding="utf-8"))
    }
    assert readers == {"safeguarding"}


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_is_small_and_says_what_it_is_about(module):
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert ast.get_docstring(ast.parse(text)), "no docstring"


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_functions_are_short_and_take_few_arguments(module):
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        statements = node.body[1:] if ast.get_docstring(node) else node.body
        if statements:
            lines = (statements[-1].end_lineno or 0) - statements[0].lineno + 1
            assert lines <= 40, f"{node.name} has {lines} lines"
        positional = [a.arg for a in node.args.args if a.arg not in ("self", "cls")]
        assert len(positional) <= 6, f"{node.name} takes {len(positional)} arguments by place"


def test_thinking_is_pure():
    knows = {
        name_of(module): sorted(imported(module) & {"litestar", "asyncpg"})
        for module in MODULES
        if module.relative_to(VOICE).parts[0] not in EDGE_ROOMS
        and module.stem not in FRONT_DOORS
        and not EDGES.search(module.stem)
    }
    assert {name: found for name, found in knows.items() if found} == {}


def test_nothing_is_named_after_nothing():
    named = [
        name_of(m)
        for m in MODULES
        if set(m.relative_to(VOICE).with_suffix("").parts) & FORBIDDEN_NAMES
    ]
    assert named == []


def test_rooms_are_one_deep():
    assert [name_of(m) for m in MODULES if len(m.relative_to(VOICE).parts) > 2] == []


def test_no_migration_is_skipped_in_the_count():
    numbers = [int(file.name[:4]) for file in MIGRATIONS]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    "query", [q for s in STORES for q in vars(sql.load(str(s))).items()], ids=lambda q: q[0]
)
def test_a_query_can_be_read_on_one_screen(query):
    assert len(query[1].splitlines()) <= 40


def test_the_web_process_starts_without_the_language_stack():
    heavy = "spacy|sklearn|numpy|scipy|onnxruntime|tokenizers|typst|torch|PIL|pydantic|attrs"
    code = (
        "import sys, re, voice.app; voice.app.create_app(); "
        f"print([m for m in sys.modules if re.fullmatch('{heavy}', m)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_nothing_speaks_of_the_machine_it_was_made_on():
    # Put together here, so that this file does not find itself.
    words = "|".join(["/wo" + "rk/", "/ro" + "ot/", "/opt/" + "wheels"])
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    kinds = (".py", ".md", ".toml", ".sql", ".html", ".css", ".yaml", "Makefile", "Containerfile")
    found = [
        name
        for name in listed
        if name.endswith(kinds)
        and (ROOT / name).exists()
        and re.search(words, (ROOT / name).read_text(encoding="utf-8"))
    ]
    assert found == []
