"""Reading takes time in proportion to the text."""

import time

from homeward.reader import Document, read

TEXT = "Russia returned 1,000 bodies to Ukraine on Thursday, Kyiv said, and received 38 in return. Talks continue.\n\n"


def seconds(copies: int) -> float:
    started = time.process_time()
    read(Document(body=TEXT * copies, published="2026-01-30"))
    return time.process_time() - started


def test_read__takes_eight_times_the_time_for_eight_times_the_text() -> None:
    seconds(2)
    short, long = min(seconds(40), seconds(40)), seconds(320)
    assert long < 8 * 3 * short
