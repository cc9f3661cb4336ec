"""Encodings of tables: what offices and instruments write is read, and nothing is guessed."""

import pytest

from homeward.errors import InputError
from homeward.imports.encodings import decode

TEXTS = [
    "№ мішка;пломба;примітка\nМ-0417;123;біля річки\n",
    "№ мешка;пломба;примечание\nМ-0417;123;у реки\n",
    "МІШОК;ПЛОМБА;ПРИМІТКА\nМ-0417;123;БІЛЯ РІЧКИ\n",
    "МЕШОК;ПЛОМБА;ПРИМЕЧАНИЕ\n1;2;У РЕКИ\n",
    "bag,seal,place,remark\nM-0417,123,Вінниця,ґанок\n",
    "bag,remark\n1,так\n",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("cp1251", "Windows-1251"),
        ("koi8_u", "KOI8-U"),
    ],
)
def test_decode__reads_what_was_written(text: str, codec: str, name: str) -> None:
    text = text.replace("№", "N") if codec == "koi8_u" else text
    assert decode(text.encode(codec), place="bags.csv") == (text, name)


@pytest.mark.parametrize("text", ["№ 12\n", "Б-12\nВ-7\nЖ-1\n", "R-1 – left\n", "«R-1»\n"])
def test_decode__takes_single_letters_and_signs_as_windows_1251(text: str) -> None:
    assert decode(text.encode("cp1251"), place="bags.csv") == (text, "Windows-1251")


@pytest.mark.parametrize(
    "raw", ["Müller;Zürich\n".encode("latin-1"), b"caf\xe9\n", b"\xff\xfe\x41", b"a\x07b", b"PK\x03\x04"]
)
def test_decode__refuses_what_is_not_surely_one_of_them(raw: bytes) -> None:
    with pytest.raises(InputError, match=r"^bags\.csv: found "):
        decode(raw, place="bags.csv")
