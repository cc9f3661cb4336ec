"""The tree hash, against the published vectors and a second implementation."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.journal import merkle

# The inputs and roots of the reference implementation of RFC 6962 (google/certificate-transparency, merkletree tests).
ROWS = [bytes.fromhex(row) for row in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
ROWS.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def _naive(rows: list[bytes]) -> bytes:
    """RFC 9162, section 2.1.1, as it is written: split at the largest power of two below the number of rows."""
    if len(rows) == 1:
        return hashlib.sha256(b"\x00" + rows[0]).digest()
    split = 1
    while split * 2 < len(rows):
        split *= 2
    return hashlib.sha256(b"\x01" + _naive(rows[:split]) + _naive(rows[split:])).digest()


@pytest.mark.parametrize("n_rows", range(1, 9))
def test_root__equals_the_published_vectors(n_rows: int) -> None:
    assert merkle.root(ROWS[:n_rows]) == ROOTS[n_rows - 1]


def test_root__of_nothing_is_the_hash_of_nothing() -> None:
    assert merkle.root([]) == hashlib.sha256(b"").hexdigest()


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70))
def test_root__equals_the_definition(rows: list[bytes]) -> None:
    assert merkle.root(rows) == _naive(rows).hex()
