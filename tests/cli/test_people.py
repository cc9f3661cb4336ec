"""`homeward people`, as whoever runs the installation uses it."""

import io
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from homeward.access.models import Organisation, Token, User
from homeward.access.roles import Permission, Role, TokenScope
from homeward.access.tokens import user_and_scope_for
from homeward.cli.app import main
from homeward.journal.models import Event
from homeward.reader import Document
from homeward.record.actions import submit_article
from homeward.record.models import Article

pytestmark = pytest.mark.django_db
GOOD = "a long walk home in spring"


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str, typed: str = "") -> int:
    monkeypatch.setattr(sys, "argv", ["homeward", "people", *arguments])
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    with pytest.raises(SystemExit) as exit_:
        main()
    return int(exit_.value.code or 0)


def test_people__are_added_listed_changed_and_closed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "add-organisation", "Bureau of Gamma") == 0
    given = ("add", "Dana@example.org", "--organisation", "Bureau of Gamma", "--role", "registrar")
    assert _run(monkeypatch, *given, typed=GOOD + "\n") == 0
    dana = User.objects.get(email="dana@example.org")
    assert dana.check_password(GOOD)
    assert dana.may(Permission.DECIDE_CLAIMS)

    assert _run(monkeypatch, "password", "dana@example.org", typed="another long walk home\n") == 0
    assert User.objects.get(pk=dana.pk).check_password("another long walk home")
    assert _run(monkeypatch, "deactivate", "dana@example.org") == 0
    capsys.readouterr()
    assert _run(monkeypatch, "list") == 0
    assert capsys.readouterr().out == f"dana@example.org\tbureau-of-gamma\tclosed\t{dana.code}\n"

    assert [(event.action, event.actor, event.organisation) for event in Event.objects.all()] == [
        ("access.organisation_added", "system", ""),
        ("access.person_added", "system", "bureau-of-gamma"),
        ("access.password_replaced", "system", "bureau-of-gamma"),
        ("access.person_deactivated", "system", "bureau-of-gamma"),
    ]


def test_person__holds_several_roles_and_is_named_by_code(
    monkeypatch: pytest.MonkeyPatch, bureau: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("add", "dana@example.org", "--organisation", bureau.slug, "--role", "registrar", "--role", "examiner")
    assert _run(monkeypatch, *given, typed=GOOD + "\n") == 0
    dana = User.objects.get(email="dana@example.org")
    assert dana.roles == {Role.REGISTRAR, Role.EXAMINER}
    assert "as examiner, registrar." in capsys.readouterr().out

    assert _run(monkeypatch, "roles", dana.code, "--role", "geneticist") == 0
    assert User.objects.get().roles == {Role.GENETICIST}
    assert capsys.readouterr().out == f"dana@example.org is geneticist of {bureau.slug}.\n"


def test_token__is_the_last_word_and_is_listed_and_revoked_by_its_code(
    monkeypatch: pytest.MonkeyPatch, bob: User, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "roles", bob.email, "--role", "custody_officer") == 0
    capsys.readouterr()
    assert _run(monkeypatch, "token", bob.email, "--scope", "scan") == 0
    told = capsys.readouterr()
    secret = told.out.split()[-1]
    assert told.err == ""
    assert user_and_scope_for(secret) == (bob, TokenScope.SCAN)
    code = Token.objects.get().code

    assert _run(monkeypatch, "tokens") == 0
    until = (timezone.now() + timedelta(days=30)).date().isoformat()
    assert capsys.readouterr().out == f"{code}\t{bob.email}\tscan\t{until}\topen\n"
    assert _run(monkeypatch, "token", "--revoke", code.lower()) == 0
    assert user_and_scope_for(secret) is None
    capsys.readouterr()
    assert _run(monkeypatch, "tokens", bob.code) == 0
    assert capsys.readouterr().out.endswith("\trevoked\n")


def test_token__of_who_may_not_use_it_is_made_with_a_word(
    monkeypatch: pytest.MonkeyPatch, alice: User, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "token", alice.code, "--scope", "scan", "--days", "7") == 0
    told = capsys.readouterr()
    assert "alice@example.org may not scan bags" in told.err
    assert user_and_scope_for(told.out.split()[-1]) is None


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "token: found no person"),
        (("alice@example.org",), "token: found no --scope"),
        (("alice@example.org", "--scope", "scan", "--days", "0"), "--days: found 0; needed: 1 to 366"),
        (("nobody@example.org", "--scope", "scan"), "somebody who was added"),
        (("--revoke", "T-NONE"), "the code of a token"),
        (("alice@example.org", "--revoke", "T-NONE"), "the code of a token alone"),
    ],
)
def test_token__refuses_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
    alice: User,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    told: str,
) -> None:
    assert _run(monkeypatch, "token", *arguments) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert not Token.objects.exists()


def test_share__shows_an_article_by_its_code_until_it_is_ended(
    monkeypatch: pytest.MonkeyPatch, alice: User, charlie: User, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Language: en\n\nRussia handed over the bodies of 1,000 soldiers to Ukraine, one official said."
    article = submit_article(document=Document.from_text(text), by=alice)
    assert _run(monkeypatch, "share", article.code, "--with", "bureau-of-beta") == 0
    code = capsys.readouterr().out.split()[-1]
    assert list(Article.objects.visible_to(charlie)) == [article]
    assert Event.objects.latest("sequence").organisation == "bureau-of-alpha"

    assert _run(monkeypatch, "shares") == 0
    assert capsys.readouterr().out == f"{code}\t{article.code}\tbureau-of-alpha\tbureau-of-beta\topen\n"
    assert _run(monkeypatch, "unshare", code) == 0
    assert not Article.objects.visible_to(charlie).exists()

    for arguments in (("share", "A-NONE", "--with", "bureau-of-beta"), ("share", article.code, "--with", "Nowhere")):
        assert _run(monkeypatch, *arguments) == 2
    assert _run(monkeypatch, "share", article.code, "--with", "bureau-of-alpha") == 2
    assert _run(monkeypatch, "unshare", "S-NONE") == 2


def test_password__is_read_from_a_file_and_is_no_argument(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bureau: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "password").write_text(GOOD + "\n", encoding="utf-8")
    monkeypatch.setenv("HOMEWARD_PASSWORD_FILE", str(tmp_path / "password"))
    given = ("add", "dana@example.org", "--organisation", bureau.slug, "--role", "auditor")

    assert _run(monkeypatch, *given) == 0
    assert User.objects.get().check_password(GOOD)
    assert _run(monkeypatch, *given, "--password", GOOD) == 2

    monkeypatch.setenv("HOMEWARD_PASSWORD_FILE", str(tmp_path / "absent"))
    assert _run(monkeypatch, "password", "dana@example.org") == 2
    assert "HOMEWARD_PASSWORD_FILE: found" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "d@example.org", "--organisation", "Nowhere", "--role", "auditor"), "bureau-of-alpha"),
        (("add", "d@example.org", "--organisation", "bureau-of-alpha", "--role", "auditor"), "at least 12"),
        (("add", "d@example.org", "--organisation", "bureau-of-alpha", "--role", "owner"), "registrar"),
        (("password", "nobody@example.org"), "somebody who was added"),
        (("deactivate", "nobody@example.org"), "somebody who was added"),
        (("add-organisation", "Bureau of Alpha"), "no organisation has yet"),
    ],
)
def test_people__refuses_in_words_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
    bureau: Organisation,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    told: str,
) -> None:
    assert _run(monkeypatch, *arguments, typed="short\n") == 2
    assert told in " ".join(capsys.readouterr().err.split())
    assert not User.objects.exists()
    assert not Event.objects.exists()
