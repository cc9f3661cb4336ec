"""Canonical JSON, against the independent implementation `rfc8785`."""

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from homeward.journal.canonical import LARGEST_INTEGER, canonical_json, parse_canonical

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(min_value=-LARGEST_INTEGER, max_value=LARGEST_INTEGER)
    | st.text(max_size=20)
)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner))
AWKWARD = [
    {"\U00010400": 1, "\uffff": 2, "\ue000": 3, "z": 4},  # code units and code points order these differently
    {"é": 1, "e\u0301": 2, "e": 3, "": 4},
    {"\x00\x1f\x7f\x80\u2028\u2029": '"\\/\b\f\n\r\t'},
    {"Ярослав": ["Київ", {"𐐷": None}], "1": True, "10": False, "2": -LARGEST_INTEGER},
    [],
    {},
    [[[]], [{}]],
]


@given(VALUES)
def test_canonical_json__equals_the_independent_implementation(value: Any) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", AWKWARD)
def test_canonical_json__equals_it_for_awkward_keys(value: Any) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)


@given(VALUES)
def test_parse_canonical__gives_back_what_was_written(value: Any) -> None:
    assert parse_canonical(canonical_json(value)) == value


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_parse_canonical__takes_one_spelling_alone(value: Any, ascii_only: bool, indent: int | None) -> None:
    other = json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode("utf-8", errors="surrogatepass")
    if other != canonical_json(value):
        with pytest.raises(ValueError, match="canonical"):
            parse_canonical(other)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b'{"a": 1}', "canonical form from byte 6"),
        (b'{"a":1} ', "canonical form from byte 8"),
        (b'{"b":1,"a":1}', "canonical"),
        (b'{"a":1,"a":1}', "canonical"),
        (b'{"a":"\\u0041"}', "canonical"),
        (b'{"a":"\\/"}', "canonical"),
        (b'{"a":-0}', "canonical"),
        (b'{"a":1.0}', "float"),
        (b'{"a":1e3}', "float"),
        (b'{"a":NaN}', "float"),
        (b'{"a":9007199254740992}', "beyond"),
        (b'{"a":"\\ud800"}', "surrogates"),
        (b'\xef\xbb\xbf{"a":1}', "BOM|not JSON"),
        (b'{"a":"\xff"}', "byte 7 is not UTF-8"),
        (b"", "not JSON"),
        (b"{}\r", "canonical"),
        (b"[" * 100_000, "nested|not JSON"),
        (b"9" * 5000, "digits"),
    ],
)
def test_parse_canonical__refuses_every_other_spelling(line: bytes, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parse_canonical(line)


@pytest.mark.parametrize("value", [1.0, b"x", {1: 2}, {"a": object()}, {"a", "b"}])
def test_canonical_json__refuses_other_types(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)
