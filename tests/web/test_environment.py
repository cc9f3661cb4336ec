"""The settings that come from the environment."""

from pathlib import Path

import pytest

from homeward.errors import InputError
from homeward.web import environment


def test_text__prefers_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("HOMEWARD_SECRET_KEY", "from the environment")
    assert environment.text("HOMEWARD_SECRET_KEY") == "from the environment"

    monkeypatch.setenv("HOMEWARD_SECRET_KEY_FILE", str(tmp_path / "key"))
    assert environment.text("HOMEWARD_SECRET_KEY") == "from the file"

    monkeypatch.setenv("HOMEWARD_SECRET_KEY_FILE", str(tmp_path / "absent"))
    with pytest.raises(InputError, match=r"HOMEWARD_SECRET_KEY_FILE: found .*absent"):
        environment.text("HOMEWARD_SECRET_KEY")


def test_secret_key__is_made_once_and_kept_to_its_owner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HOMEWARD_SECRET_KEY", raising=False)
    monkeypatch.setenv("HOMEWARD_DATA_DIR", str(tmp_path / "data"))

    made = environment.secret_key()

    assert len(made) >= 50
    assert environment.secret_key() == made
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o077 == 0
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("HOMEWARD_DEBUG", "perhaps", lambda: environment.boolean("HOMEWARD_DEBUG")),
        ("HOMEWARD_PROXIES", "-1", lambda: environment.number("HOMEWARD_PROXIES", 0)),
        ("HOMEWARD_DATABASE_URL", "mysql://host/name", environment.database_url),
        ("HOMEWARD_DATABASE_URL", "homeward.sqlite3", environment.database_url),
        ("HOMEWARD_DATABASE_URL", "postgresql://alice:se/cret@host/name", environment.database_url),
        ("HOMEWARD_DATA_DIR", "/dev/null/homeward", environment.data_directory),
    ],
)
def test_setting__that_is_wrong_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, read: object) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(InputError, match=f"^{name}: found .*; needed: "):
        read()  # type: ignore[operator]


def test_words__are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMEWARD_ALLOWED_HOSTS", " one.example , two.example,")

    assert environment.words("HOMEWARD_ALLOWED_HOSTS") == ["one.example", "two.example"]
