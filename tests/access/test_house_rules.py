"""Rules of the house that the code is read for: rows are reached through `visible_to`, and every action asks first."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

import homeward
from homeward.access.scoping import OrganisationScoped

SOURCE = Path(homeward.__file__).parent
SCOPED = {model.__name__ for model in apps.get_models() if issubclass(model, OrganisationScoped)}
WAYS = {"visible_to", "owned_by"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}

# Modules that may reach scoped rows otherwise, each with the reason why.
EXEMPT = {
    "access/backend.py": "reads who is signed in, before there is anybody whose sight could be asked for",
    "access/queries.py": "answers whoever runs the installation, and signing in",
    "access/tokens.py": "finds who acts by a token, before there is anybody whose sight could be asked for",
    "jobs/checks.py": "counts jobs for whoever runs the installation, and shows none",
    "jobs/progress.py": "carries out the job that it was given",
    "jobs/queries.py": "latest_job answers an app about a row of its own, which that app reached through visible_to",
    "jobs/tasks.py": "carries out the job that it was given",
    "record/background.py": "reads the article of the job that was asked for",
    "web/background.py": "names the person who asked for the job, whose code the job holds",
    "cli/serve.py": "asks whether anybody exists at all",
}
# Actions that need not ask, each with the reason why.
ASKED_ALREADY = {
    ("access/actions.py", "choose_language"): "a person about themself",
    ("access/actions.py", "switch_keys"): "a person about themself",
    ("jobs/actions.py", "ask"): "called by the action whose work it is, which asked",
    ("jobs/actions.py", "beat"): "a worker about itself",
    ("jobs/actions.py", "forget_worker"): "a worker about itself",
    ("jobs/actions.py", "take_up_abandoned"): "a worker about work that nobody carries out any more",
}
# Packages whose actions need not ask: they stand below access.
BELOW_ACCESS = {"installation", "journal"}


def modules() -> list[Path]:
    """Returns the modules whose reads are bound to `visible_to`: all but actions, which ask `authorise`, and models."""
    own_law = {"actions.py", "models.py"}
    paths = (path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts and path.name not in own_law)
    return sorted(path for path in paths if str(path.relative_to(SOURCE)) not in EXEMPT)


def unscoped_reads(tree: ast.AST) -> Iterator[int]:
    """Yields the lines that reach rows of a scoped model otherwise than through `visible_to` or `owned_by`."""
    good = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in WAYS and _is_manager(node.value)
    }
    for node in ast.walk(tree):
        if _is_manager(node) and id(node) not in good:
            yield node.lineno  # type: ignore[attr-defined]
        if isinstance(node, ast.Call) and _name(node.func) in SHORTCUTS and _name(node.args[0]) in SCOPED:
            yield node.lineno


def _is_manager(node: ast.AST) -> bool:
    managers = {"objects", "_default_manager", "_base_manager"}
    return isinstance(node, ast.Attribute) and node.attr in managers and _name(node.value) in SCOPED


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_rows_of_organisations__are_reached_through_visible_to_alone(path: Path) -> None:
    assert list(unscoped_reads(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_unscoped_reads__finds_what_goes_round() -> None:
    for code in ("Article.objects.all()", "models.Article.objects.get(pk=1)", "get_object_or_404(Article, pk=1)"):
        assert list(unscoped_reads(ast.parse(code))) == [1]
    assert list(unscoped_reads(ast.parse("get_object_or_404(Article.objects.visible_to(user), pk=1)"))) == []
    assert list(unscoped_reads(ast.parse("Party.objects.all()"))) == []


def actions() -> list[tuple[str, str]]:
    """Returns every public function of every `actions.py` above the journal."""
    return [
        (str(path.relative_to(SOURCE)), name)
        for path in sorted(SOURCE.rglob("actions.py"))
        if path.relative_to(SOURCE).parts[0] not in BELOW_ACCESS
        for name in _functions(ast.parse(path.read_text(encoding="utf-8")))
        if not name.startswith("_") and (str(path.relative_to(SOURCE)), name) not in ASKED_ALREADY
    ]


def asks(name: str, functions: dict[str, ast.FunctionDef], seen: frozenset[str] = frozenset()) -> bool:
    """Returns whether a function calls `authorise` or `authorise_operator`, or another of its module that does."""
    called = {_name(node.func) for node in ast.walk(functions[name]) if isinstance(node, ast.Call)}
    if called & {"authorise", "authorise_operator"}:
        return True
    return any(asks(other, functions, seen | {name}) for other in called & functions.keys() - seen - {name})


def _functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("path", "name"), actions())
def test_every_action__asks_whether_it_may(path: str, name: str) -> None:
    assert asks(name, _functions(ast.parse((SOURCE / path).read_text(encoding="utf-8"))))


def test_asks__notices_an_action_that_does_not() -> None:
    tree = ast.parse("def act(by):\n    _write(by)\n\n\ndef _write(by):\n    write(by)\n")
    assert not asks("act", _functions(tree))
    assert len(actions()) > 10
