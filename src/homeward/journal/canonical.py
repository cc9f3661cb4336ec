"""Canonical JSON (RFC 8785) of plain values, with the standard library alone."""

import json
from collections.abc import Mapping, Sequence

__all__ = ["LARGEST_INTEGER", "canonical_json", "parse_canonical"]

LARGEST_INTEGER = 2**53 - 1  # RFC 8785 section 3.1: what a JSON number holds exactly
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # `json.dumps` would make one for each call


def canonical_json(value: object) -> bytes:
    """Returns the one byte string that stands for `value` (RFC 8785, JSON Canonicalization Scheme).

    `value` is built of str, int, bool, None, list (or tuple) and dict with text keys; fractions are left out on
    purpose, as two programs may print them differently.

    Raises TypeError for any other type, ValueError for a number or a text that JSON cannot hold exactly.

    >>> canonical_json({"b": [1, None], "a": "é"}).decode()
    '{"a":"é","b":[1,null]}'
    """
    return _ENCODER.encode(_ordered(value)).encode("utf-8")


def parse_canonical(line: bytes) -> object:
    """Returns the value that `line` stands for; raises ValueError unless `line` is exactly its canonical form.

    White space, escapes that are not needed, repeated or unordered keys and fractions are all refused, so that one
    value has one spelling and no byte can change unseen.
    """
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1} is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"character {error.pos + 1} is not JSON") from error
    except RecursionError as error:
        raise ValueError("JSON nested too deeply") from error
    try:
        spelled = canonical_json(value)
    except TypeError as error:
        raise ValueError(str(error)) from error
    if spelled != line:
        differs = next((i for i, (a, b) in enumerate(zip(spelled, line, strict=False)) if a != b), len(spelled))
        raise ValueError(f"JSON that is not in canonical form from byte {differs + 1} on")
    return value


def _ordered(value: object) -> object:
    """Returns `value` with every object's keys in the order of their UTF-16 code units (RFC 8785 section 3.2.3)."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise ValueError(f"the integer {value:.3e} is beyond what JSON holds exactly")
        return int(value)
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("a key that is not text")
        return {key: _ordered(value[key]) for key in sorted(value, key=_code_units)}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_ordered(item) for item in value]
    raise TypeError(f"a value of type {type(value).__name__}, which the journal does not hold")


def _code_units(key: str) -> bytes:
    return key.encode("utf-16-be", errors="surrogatepass")
