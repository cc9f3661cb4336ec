"""Every setting is documented, and every documented setting is read."""

import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SETTING = re.compile(r"\bHOMEWARD_[A-Z_]+[A-Z]\b")


def settings_in(*paths: Path) -> set[str]:
    found = {name for path in paths for name in SETTING.findall(path.read_text(encoding="utf-8"))}
    return {name.removesuffix("_FILE") for name in found}


def test_code_and_page_name_the_same_settings() -> None:
    read = settings_in(*(REPOSITORY / "src").rglob("*.py"))
    documented = settings_in(REPOSITORY / "docs" / "reference" / "settings.md")
    assert read == documented
