"""Messages of the scan-in: what is read, and what is refused with its field."""

from typing import Any

import pytest
from tests.custody.scan_histories import CASES

from homeward.custody import codes
from homeward.custody.labels import as_keys, as_look_alikes, trimmed
from homeward.custody.scans import Scan, Withdrawal, read_message, refuse_own_code
from homeward.errors import InputError

SCAN = {"scan": "00000000-0000-4000-8000-000000000001", "seal": "intact", "scanned_at": "2026-01-29T08:00:00Z"}


def as_json(message: Scan | Withdrawal) -> dict[str, object]:
    if isinstance(message, Withdrawal):
        return vars(message)
    return vars(message) | {"seal": message.seal.value}


@pytest.mark.parametrize("case", CASES["read"], ids=lambda case: case["message"]["scanned_at"])
def test_read_message__of_the_table(case: dict[str, Any]) -> None:
    assert as_json(read_message(case["message"])) == case["as"]


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["name"])
def test_read_message__refuses_with_the_field(case: dict[str, Any]) -> None:
    with pytest.raises(InputError) as refusal:
        read_message(case["message"])
    assert (refusal.value.place, refusal.value.found) == (case["place"], case["found"])


@pytest.mark.parametrize(("label", "looks", "keys"), CASES["folded_forms"])
def test_folded_forms__of_the_table(label: str, looks: str, keys: str) -> None:
    assert (as_look_alikes(label), as_keys(label)) == (looks, keys)


def test_trimmed__leaves_what_is_inside() -> None:
    assert trimmed(" \ufeff M 1\u200b2 \x1d\r\n") == "M 1\u200b2"
    assert trimmed(" \t") == ""


def test_refuse_own_code__says_what_the_code_stands_for() -> None:
    code = codes.make(below=lambda n: n // 2)
    message = read_message({**SCAN, "label": codes.show(code)})
    assert isinstance(message, Scan)
    with pytest.raises(InputError, match="this is a shelf") as refusal:
        refuse_own_code(message, {code: "a shelf"})
    assert refusal.value.place == "label"

    refuse_own_code(message, {})  # a label of the other side may be ten digits whose check holds
    other = read_message({**SCAN, "label": "M-1"})
    assert isinstance(other, Scan)
    refuse_own_code(other, {code: "a shelf"})
