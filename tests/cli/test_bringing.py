"""`voice import` with a map, and our own export brought in again, as an operator calls them."""

import tomllib

import pytest

from tests import given
from tests.bringing import samples
from tests.cli.test_commands import voice  # noqa: F401  A fixture: the command in a process.

pytestmark = pytest.mark.slow
PARENTS = ["--survey", given.SURVEY]


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        (tmp_path / name).write_bytes(content)
        return str(tmp_path / name)

    return write


async def test_a_map_is_written_looked_through_tried_and_used(voice, db, file, tmp_path):  # noqa: F811
    answers, maps = file("answers.xlsx", samples.microsoft_forms()), str(tmp_path / "map.toml")
    first = voice("import", answers, *PARENTS, "--map", maps)
    assert first.returncode == 0, first.stderr
    assert "an export of Microsoft Forms" in first.stdout
    assert "Email → left out" in first.stdout
    written = tomllib.loads((tmp_path / "map.toml").read_text(encoding="utf-8"))
    assert written["columns"][samples.CHANGE] == "one_change"

    tried = voice("import", answers, "--map", maps, "--dry-run")
    assert "2 rows would be kept" in tried.stdout
    assert await db.fetchval("select count(*) from responses") == 0
    kept, again = voice("import", answers, "--map", maps), voice("import", answers, "--map", maps)
    assert "2 rows kept, 0 were there already" in kept.stdout
    assert "0 rows kept, 2 were there already" in again.stdout
    assert (kept.returncode, again.returncode) == (0, 0)
    deeds = await db.fetch("select did, about from audit order by id")
    assert deeds[0]["about"] == f"{given.SURVEY}, {given.WAVE}: 2 rows"


async def test_bad_rows_are_told_of_and_written_to_be_mended(voice, db, file, tmp_path):  # noqa: F811
    rows = [[samples.LISTENED, samples.CHANGE], ["Yes", "a"], ["Tom Baker", "b"], ["No", "c"]]
    answers, maps = file("answers.csv", samples.to_csv(rows)), str(tmp_path / "map.toml")
    voice("import", answers, *PARENTS, "--map", maps)
    mend = tmp_path / "mend.csv"
    done = voice("import", answers, "--map", maps, "--rejects", str(mend))

    assert done.returncode == 1
    assert "row 3, column" in done.stderr
    assert "Tom" not in done.stderr + done.stdout
    assert "2 rows kept, 0 were there already, 1 rejected" in done.stdout
    assert mend.stat().st_mode & 0o777 == 0o600
    again = voice("import", answers, "--map", maps, "--rejects", str(mend))
    assert again.returncode == 2
    assert "is there already" in again.stderr
    mend.write_bytes(mend.read_bytes().replace(b"Tom Baker", b"Sometimes"))
    again = voice("import", str(mend), "--map", maps)
    assert "1 rows kept" in again.stdout, again.stderr
    assert await db.fetchval("select count(*) from responses") == 3


async def test_one_column_of_a_workbook_comes_in_as_one_of_a_csv_does(voice, db, file):  # noqa: F811
    rows = [["ref", "comment"], ["1", "late taxi"], ["2", "=no"]]
    column = [*PARENTS, "--question", "one_change", "--text", "comment", "--id", "ref"]
    voice("import", file("a.csv", samples.to_csv(rows)), *column)
    done = voice("import", file("a.xlsx", samples.to_xlsx([*rows, ["3", "new"]])), *column)
    assert "1 rows kept, 2 were there already" in done.stdout, done.stderr
    tried = voice("import", file("b.csv", samples.to_csv(rows)), *column, "--dry-run")
    assert "0 rows would be kept, 2 are there already" in tried.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "--survey ID"),
        ([*PARENTS], "--map FILE.toml"),
        (["--survey", "nope"], "no survey"),
        ([*PARENTS, "--question", "one_change"], "together"),
        ([*PARENTS, "--question", "one_change", "--text", "a", "--map", "m"], "not both"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(voice, file, arguments, words):  # noqa: F811
    done = voice("import", file("a.csv", b"a,b\n1,2\n"), *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


async def test_our_own_export_comes_in_again_unchanged(voice, db, file, tmp_path, server):  # noqa: F811
    voice("import", file("a.csv", samples.google_forms()), *PARENTS, "--map", str(tmp_path / "m"))
    voice("import", file("a.csv", samples.google_forms()), "--map", str(tmp_path / "m"))
    await given.response(db, route="demo")
    voice("work", "--once")
    out = tmp_path / "out.csv"
    done = voice("export", "answers", given.SURVEY, "--out", str(out))
    assert "2 responses." in done.stdout, done.stderr
    written = out.read_text(encoding="utf-8-sig")
    assert "The nursery; it is kind" in written
    assert "'=Shorter waits, please" in written

    here = voice("import", str(out), *PARENTS)
    assert "0 rows kept, 2 were there already" in here.stdout, here.stderr

    other = await given.database(server, "voice_elsewhere")
    elsewhere = {"DATABASE_URL": other, "VOICE_SECRET_KEY": "another one, of thirty-two letters"}
    voice("migrate", **elsewhere)
    moved = voice("import", str(out), *PARENTS, **elsewhere)
    assert "2 rows kept" in moved.stdout, moved.stderr
    voice("work", "--once", **elsewhere)
    back = tmp_path / "back.csv"
    voice("export", "answers", given.SURVEY, "--out", str(back), **elsewhere)
    assert back.read_bytes() == out.read_bytes()
    assert "0 rows kept, 2 were" in voice("import", str(back), *PARENTS, **elsewhere).stdout
