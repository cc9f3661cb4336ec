"""Reading Ukrainian takes work in proportion to the text, a hostile one too."""

import pytest
from tests.reader.steps import calls_to_read

TEXT = "Росія передала Україні 1000 тіл, а отримала 38. Перемовини тривають.\n\n"


# A sentence without an end costs more for each of its words, but not as many times more as it has words.
@pytest.mark.parametrize(
    ("text", "slack"),
    [(TEXT, 1.25), ("5 на 5 тіл, які Росія передала Україні, ", 3), ("передавши 5 тіл, Росія – 38, ", 3)],
)
def test_read__takes_eight_times_the_work_for_eight_times_the_text(text: str, slack: float) -> None:
    calls_to_read(TEXT, "uk")  # the lexicon is read with the first text
    assert calls_to_read(text * 160, "uk") < 8 * slack * calls_to_read(text * 20, "uk")
