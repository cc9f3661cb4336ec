"""What the machine does to a command, and what the command says: one line, one exit code, never a traceback."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.installation.commands import PROGRAM, environment_of, homeward

from homeward.cli.failures import ExitCode, finished
from homeward.errors import BrokenChainError, InputError, NotPermittedError

ARTICLE = Path(__file__).resolve().parents[2] / "src" / "homeward" / "examples" / "exchange-of-29-january-2026.txt"
SIMULATE = ["kinship", "simulate", "--families", "2", "--remains", "2", "--seed", "1", "--frequencies", "nist1036"]
SIMULATE += ["--population", "Cauc"]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation")
    assert homeward(folder, "migrate").returncode == 0
    return folder


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Keeps another program's write transaction open."""
    database = sqlite3.connect(file, isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        database.execute("ROLLBACK")
        database.close()


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("simulated")
    assert homeward(folder, *SIMULATE, "--out", folder).returncode == 0
    return folder


def _raise(error: BaseException) -> object:
    raise error


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (InputError(place="a", found="b", needed="c"), 2, "homeward: a: found b; needed: c"),
        (NotPermittedError("no"), 2, "homeward: no"),
        (BrokenChainError("line 3"), 1, "homeward: line 3"),
        (OSError(28, "No space left on device"), 3, "no space is left"),
        (OSError(5, "Input/output error", "x.csv"), 3, "x.csv: Input/output error"),
        (MemoryError(), 3, "not enough memory"),
        (KeyboardInterrupt(), 130, ""),
        (ValueError("Charlie Example, +380 44 123"), 70, "a defect of Homeward: ValueError in "),
        (InputError(place="a\nTraceback", found="\x1b[31mred", needed="c"), 2, "a Traceback: found \\u001b[31mred"),
    ],
)
def test_error__is_one_line_and_one_code(
    error: BaseException, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert finished(lambda: _raise(error)) == code
    shown = capsys.readouterr().err
    assert told in shown
    assert shown.count("\n") == 1
    assert "Charlie" not in shown
    assert "Traceback (most" not in shown


def test_exit_codes__are_those_of_the_reference() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "exit-codes.md").read_text(encoding="utf-8")
    documented = {int(line.split("|")[1]) for line in page.splitlines() if line.startswith("| ") and line[2].isdigit()}
    assert documented == {code.value for code in ExitCode}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no /dev/full")
def test_full_output__is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        words = [*PROGRAM, "read", "--no-record", "--json", str(ARTICLE)]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "no space is left" in done.stderr


def test_output__that_is_closed_is_told_and_one_that_was_read_enough_is_not() -> None:
    words = " ".join(f"'{word}'" for word in [*PROGRAM, "read", "--no-record", "--json", str(ARTICLE)])
    closed = subprocess.run(["bash", "-c", f"{words} >&-"], capture_output=True, text=True, check=False, timeout=60)
    assert (closed.returncode, closed.stderr) == (3, "homeward: the output is closed: nothing can be printed\n")

    command = f"set -o pipefail; {words} | head -c 1"
    enough = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert (enough.returncode, enough.stderr) == (0, "")


@pytest.mark.parametrize("encoding", ["ascii", "cp1251"])
def test_text__is_printed_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    article = tmp_path / "стаття.txt"
    article.write_text("Published: 2026-01-30\n\nКиїв said “1,000 bodies” of 😀 were handed over.\n", encoding="utf-8")
    for option in ("--json", "--jsonl"):
        done = homeward(tmp_path, "read", "--no-record", option, article, PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (0, "")
    done = homeward(tmp_path, "read", "--no-record", article, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")


def test_file_name__that_is_no_text_is_told(tmp_path: Path) -> None:
    words = [*map(os.fsencode, PROGRAM), b"read", b"--no-record", os.fsencode(tmp_path) + b"/\xff\xfe.txt"]
    done = subprocess.run(words, capture_output=True, check=False, timeout=60)
    assert done.returncode == 2
    assert b"\\udcff\\udcfe.txt: found No such file" in done.stderr


def test_escape_sequences__of_a_document_never_reach_the_terminal(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    text = "Russia handed over the bodies of 1,000 people to Ukraine on Thursday, \x1b]0;owned\x07Alice \x9b31mE said."
    article.write_text(f"Published: 2026-01-30\n\n{text}\n", encoding="utf-8")
    for options in ([], ["--json"], ["--jsonl"]):
        done = homeward(tmp_path, "read", "--no-record", *options, article)
        assert not set(done.stdout + done.stderr) & set("\x1b\x07\x9b"), options


def test_database__that_is_busy_is_told_within_seconds(installation: Path) -> None:
    started = time.monotonic()
    with held(installation / "homeward.sqlite3"):
        done = homeward(installation, "people", "add-organisation", "Bureau of Gamma")
        reading = homeward(installation, "record", "exchanges")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "busy with another write" in done.stderr
    assert time.monotonic() - started < 30
    assert reading.returncode == 0


def test_table__that_is_not_there_is_told(tmp_path: Path) -> None:
    assert homeward(tmp_path, "migrate").returncode == 0
    with sqlite3.connect(tmp_path / "homeward.sqlite3") as database:
        database.execute("DROP TABLE record_claim")
    done = homeward(tmp_path, "record", "exchanges")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "no such table: record_claim" in done.stderr


def test_database__that_is_damaged_is_told(tmp_path: Path) -> None:
    tmp_path.joinpath("homeward.sqlite3").write_bytes(b"not a database at all " * 1000)
    done = homeward(tmp_path, "record", "exchanges")
    assert done.returncode in {2, 3}
    assert done.stderr.count("\n") == 1
    assert "not a database" in done.stderr or "damaged" in done.stderr


def test_disk__that_is_full_leaves_what_stood_there(tmp_path: Path) -> None:
    (tmp_path / "remains.tsv").write_text("older", encoding="utf-8")
    limited = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limited += "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); "
    program = [PROGRAM[0], "-c", limited + PROGRAM[2]]
    words = [*program, *SIMULATE, "--remains", "50", "--out", str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "File too large" in done.stderr
    assert (tmp_path / "remains.tsv").read_text(encoding="utf-8") == "older"
    assert [path.name for path in tmp_path.iterdir()] == ["remains.tsv"]


def test_folder__that_can_only_be_read_is_read(tmp_path: Path) -> None:
    """The tests may run as root, who writes everywhere: here the machine says that nothing can be written."""
    folder = tmp_path / "data"
    assert homeward(folder, "migrate").returncode == 0
    script = "import os; os.access = lambda path, mode: mode != os.W_OK; "
    program = [PROGRAM[0], "-c", script + PROGRAM[2]]
    for words, code in ((["record", "exchanges"], 0), (["brief"], 0), (["people", "add-organisation", "B"], 3)):
        done = subprocess.run(
            [*program, *words], env=environment_of(folder), capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == code, done.stderr
        assert done.stderr.count("\n") == (1 if code else 0)
    assert "can be read but not written" in done.stderr


def test_key__that_cannot_be_read_or_guessed_is_told(tmp_path: Path) -> None:
    (tmp_path / "secret.key").mkdir()
    done = homeward(tmp_path, "migrate")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "secret.key: found Is a directory" in done.stderr

    (tmp_path / "secret.key").rmdir()
    (tmp_path / "secret.key").write_text("")
    done = homeward(tmp_path, "migrate")
    assert (done.returncode, "a key of 0 characters" in done.stderr) == (2, True)
    for key in ("", "short", "a" * 60):
        done = homeward(tmp_path, "migrate", HOMEWARD_SECRET_KEY=key)
        assert (done.returncode, "HOMEWARD_SECRET_KEY: found a key of" in done.stderr) == (2, True)


def test_data_folder__that_is_empty_text_is_refused(tmp_path: Path) -> None:
    for value in ("", "  "):
        done = homeward(tmp_path, "check", HOMEWARD_DATA_DIR=value)
        assert (done.returncode, "HOMEWARD_DATA_DIR: found an empty path" in done.stderr) == (2, True)


def test_interrupt__ends_with_130_and_no_words(tmp_path: Path) -> None:
    fifo = tmp_path / "article.txt"
    os.mkfifo(fifo)
    words = [*PROGRAM, "read", "--no-record", str(fifo)]
    started = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with fifo.open("wb"):  # opens once the command waits for the text
        time.sleep(0.3)
        started.send_signal(signal.SIGINT)
        _out, told = started.communicate(timeout=30)
    assert started.returncode == 130
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--threads", "-3"], "--threads"),
        (["--threads", "99999"], "--threads"),
        (["--min-log10-lr", "nan"], "--min-log10-lr"),
        (["--minimum-frequency", "-0.1"], "--minimum-frequency"),
        (["--minimum-frequency", "nan"], "--minimum-frequency"),
        (["--share", "2"], "share"),
        (["--share", "nan"], "share"),
        (["--engine", "ray", "--ray-address", "nowhere"], "--ray-address"),
        (["--engine", "ray", "--ray-address", "127.0.0.1:1"], "--ray-address"),
    ],
)
def test_search__refuses_a_number_out_of_range_in_one_line(
    simulated: Path, tmp_path: Path, options: list[str], told: str
) -> None:
    files = ["--remains", simulated / "remains.tsv", "--families", simulated / "families.jsonl"]
    files += ["--frequencies", "nist1036", "--population", "Cauc", "--out", tmp_path / "s.csv"]
    started = time.monotonic()
    done = homeward(tmp_path, "kinship", "search", *files, *options)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert told in done.stderr
    assert time.monotonic() - started < 30


def test_output__is_never_a_file_that_is_read(simulated: Path, tmp_path: Path) -> None:
    profiles = tmp_path / "remains.csv"
    shutil.copy(simulated / "remains.tsv", profiles)
    families = tmp_path / "s.summary.json"
    shutil.copy(simulated / "families.jsonl", families)
    before = profiles.read_bytes(), families.read_bytes()
    files = ["--remains", profiles, "--families", families, "--frequencies", "nist1036", "--population", "Cauc"]
    for out in (profiles, tmp_path / "s.csv"):
        done = homeward(tmp_path, "kinship", "search", *files, "--out", out)
        assert (done.returncode, "a file that is also read" in done.stderr) == (2, True)
    assert (profiles.read_bytes(), families.read_bytes()) == before


@pytest.mark.parametrize(
    "words", [["brief"], ["people", "list"], ["migrate"], ["check"], ["journal", "export", "x.jsonl"], ["demo"]]
)
def test_command__says_which_packages_it_needs_without_the_application(tmp_path: Path, words: list[str]) -> None:
    absent = "import sys\nfor name in ('django', 'allauth', 'granian', 'psycopg', 'dj_database_url', 'whitenoise'):\n"
    program = [sys.executable, "-c", f"{absent}    sys.modules[name] = None\n{PROGRAM[2]}"]
    done = subprocess.run(
        [*program, *words], env=environment_of(tmp_path), capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert 'pip install "homeward[app]"' in done.stderr
    reading = [*program, "read", "--no-record", str(ARTICLE)]
    done = subprocess.run(
        reading, env=environment_of(tmp_path), capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
