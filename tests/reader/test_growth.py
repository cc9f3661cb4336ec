"""Reading takes work in proportion to the text."""

from tests.reader.steps import calls_to_read

TEXT = "Russia returned 1,000 bodies to Ukraine on Thursday, Kyiv said, and received 38 in return. Talks continue.\n\n"


def test_read__takes_eight_times_the_work_for_eight_times_the_text() -> None:
    calls_to_read(TEXT)  # the lexicon is read with the first text
    assert calls_to_read(TEXT * 160) < 8 * 1.25 * calls_to_read(TEXT * 20)
