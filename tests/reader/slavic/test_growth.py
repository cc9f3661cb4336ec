"""Reading Ukrainian takes time in proportion to the text, a hostile one too."""

import time

import pytest

from homeward.reader import Document, read

TEXT = "Росія передала Україні 1000 тіл, а отримала 38. Перемовини тривають.\n\n"


def seconds(text: str) -> float:
    started = time.process_time()
    read(Document(body=text, published="2026-01-30", language="uk"))
    return time.process_time() - started


@pytest.mark.parametrize("text", [TEXT, "5 на 5 тіл, які Росія передала Україні, ", "передавши 5 тіл, Росія – 38, "])
def test_read__takes_eight_times_the_time_for_eight_times_the_text(text: str) -> None:
    seconds(TEXT)
    short, long = min(seconds(text * 30), seconds(text * 30)), seconds(text * 240)
    assert long < 8 * 3 * short
