"""Rules of the house that a reader of the code relies on."""

import ast
import csv
import importlib.resources
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "homeward"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


# What the pages without sign-in may import: nothing that holds personal data can reach them.
OPEN_TO_PUBLIC = {
    *("access", "account", "brief", "dates", "errors", "imports", "jobs", "journal", "output", "provenance", "public"),
    *("reader", "record", "wording"),
}


def relative(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def belligerent_codes() -> set[str]:
    table = importlib.resources.files("homeward.record").joinpath("data/parties.csv").read_text(encoding="utf-8")
    return {row["code"] for row in csv.DictReader(table.splitlines())}


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_parties_are_data__never_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    strings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert strings & belligerent_codes() == set()


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_public_names_exist(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            defined = {
                name.id if isinstance(name, ast.Name) else getattr(name, "name", "")
                for name in ast.walk(tree)
                if isinstance(name, ast.Name | ast.FunctionDef | ast.ClassDef)
            }
            imported = {a.asname or a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}
            assert set(ast.literal_eval(node.value)) <= defined | imported


# Everything that a command prints goes through `say`, which escapes what would act on the terminal. People's commands
# print what their actions have checked already: an address, a code, the name of an organisation.
PRINTS = {"cli/printing.py"}
BYTES = {"cli/brief.py"}  # a document that is not for the terminal


@pytest.mark.parametrize("path", sorted((SOURCE / "cli").rglob("*.py")), ids=relative)
def test_commands_print_in_one_way(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if relative(path) not in PRINTS:
        assert not re.search(r"\btyper\.echo\(|(?<![.\w])print\(|sys\.std(out|err)\.write\(", text)
    if relative(path) not in BYTES:
        assert "stdout.buffer" not in text


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_tables_are_written_in_one_way(path: Path) -> None:
    """A cell that a spreadsheet would take for a formula is made text in one place."""
    writes = re.search(r"csv\.(writer|DictWriter)\(", path.read_text(encoding="utf-8"))
    assert not writes or relative(path) in {"output.py", "genetics/profiles.py"}  # the second: read by programs alone


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_no_module_outgrows_its_room(path: Path) -> None:
    # A kernel shares its file with the compiled helpers that it calls: Numba's cache does not notice edits elsewhere.
    most = 800 if path.name == "kernels.py" else 400
    assert len(path.read_text(encoding="utf-8").splitlines()) <= most


def test_pages_hold_no_inline_script_or_style() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    file_to_keep = (
        SOURCE / "public" / "templates" / "public" / "brief" / "standalone.html"
    )  # a document of its own, never served
    pages = set(SOURCE.rglob("*.html")) - {file_to_keep}
    assert [relative(path) for path in pages if inline.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("path", sorted((SOURCE / "public").rglob("*.py")), ids=relative)
def test_public_pages__import_no_app_that_holds_personal_data(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    named += [
        f"homeward.{a.name}"
        for n in ast.walk(tree)
        if isinstance(n, ast.ImportFrom) and n.module == "homeward"
        for a in n.names
    ]
    packages = {name.split(".")[1] for name in named if name.startswith("homeward.")}
    assert packages <= OPEN_TO_PUBLIC
