"""Manifests as files: every row counts, and what is odd is told."""

import hashlib

import pytest

from homeward.custody.labels import ManifestLine
from homeward.custody.manifests import HEADINGS, read_manifest
from homeward.errors import InputError


def read(text: str, encoding: str = "utf-8") -> tuple[ManifestLine, ...]:
    return read_manifest(text.encode(encoding), name="bags.csv").manifest.lines


@pytest.mark.parametrize("heading", [*HEADINGS["bag"], "№мішка", "МІШОК", " Bag "])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_labels_and_seals__are_read_under_any_of_their_headings(heading: str, encoding: str) -> None:
    text = f"№ п/п;{heading};Пломба;Примітка\n1;М-0417;123;біля річки\n2;М-0418;;\n"
    assert read(text, encoding) == (ManifestLine(1, "М-0417", "123"), ManifestLine(2, "М-0418", ""))


def test_a_row__is_never_dropped_even_without_label() -> None:
    file = read_manifest(b"bag,seal,colour\nM-1,7,red\n,8,\n,,\nM-1,9,\n", name="bags.csv")
    assert file.manifest.lines == (ManifestLine(1, "M-1", "7"), ManifestLine(2, "", "8"), ManifestLine(3, "M-1", "9"))
    assert file.warnings == ("row 2 has no label", '"M-1" stands in rows 1, 3')
    assert file.as_written[0] == {"bag": "M-1", "seal": "7", "colour": "red"}
    assert file.sha256 == hashlib.sha256(b"bag,seal,colour\nM-1,7,red\n,8,\n,,\nM-1,9,\n").hexdigest()


@pytest.mark.parametrize(
    ("labels", "warned"),
    [
        (("7", "12"), True),
        (("07", "12"), False),
        (("0007", "12"), False),
        (("12", "13"), False),
        (("M-7", "M-12"), False),
    ],
)
def test_numbers_of_different_lengths__warn_of_lost_zeros(labels: tuple[str, ...], warned: bool) -> None:
    file = read_manifest(("bag\n" + "\n".join(labels) + "\n").encode(), name="bags.csv")
    assert bool(file.warnings) == warned
    assert [line.label for line in file.manifest.lines] == list(labels)


def test_a_number_that_a_spreadsheet_mangled__is_told_and_kept() -> None:
    file = read_manifest(b"bag\n1.2E+15\n", name="bags.csv")
    assert [line.label for line in file.manifest.lines] == ["1.2E+15"]
    assert "what a spreadsheet makes of a long number" in file.warnings[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("№ п/п;пломба\n1;2\n", "needed: one of bag, мішок"),
        ("bag;мешок\n1;2\n", 'found the headings "bag" and "мешок" for one column'),
        ("bag;BAG\n1;2\n", 'the heading "bag" twice'),
        ("bag\n", "headings and no row"),
        ("", "an empty file"),
        ("bag,seal\n1,2,3\n", "3 cells under 2 headings"),
    ],
)
def test_a_file_that_is_no_manifest__is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError) as refusal:
        read(text)
    assert told in str(refusal.value)
