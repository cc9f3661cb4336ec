"""Reading: 1,000 articles, and how time grows with the length of one text."""

import time
from pathlib import Path

import homeward
from homeward.reader import Document, read

EXAMPLES = sorted((Path(homeward.__file__).parent / "examples").glob("*.txt"))
N_ARTICLES = 1000
SHORT_CHARACTERS = {"small": 20_000, "full": 100_000}


def _seconds(documents: list[Document]) -> float:
    started = time.perf_counter()
    for document in documents:
        read(document)
    return time.perf_counter() - started


def _long(n_characters: int) -> Document:
    """Returns a text of that length whose sentences all differ, so that nothing is read as a repetition."""
    bodies = [Document.from_text(path.read_text(encoding="utf-8")).body for path in EXAMPLES]
    pieces: list[str] = []
    length = 0
    while length < n_characters:
        number = len(pieces)
        pieces.append(bodies[number % len(bodies)].replace("1,000", f"{1000 + number:,}"))
        length += len(pieces[-1])
    return Document(body="\n\n".join(pieces)[:n_characters], published="2026-01-30")


def run(size: str) -> list[dict[str, object]]:
    """Returns one row for the articles and one for the growth with length."""
    examples = [Document.from_text(path.read_text(encoding="utf-8")) for path in EXAMPLES]
    read(examples[0])  # loads the lexicon
    articles = [examples[number % len(examples)] for number in range(N_ARTICLES)]
    seconds = _seconds(articles)
    short, long = SHORT_CHARACTERS[size], 10 * SHORT_CHARACTERS[size]
    of_short, of_long = _seconds([_long(short)]), _seconds([_long(long)])
    return [
        {
            "name": "1,000 articles read",
            "seconds": seconds,
            "ratio": None,
            "against": "",
            "note": f"{1000 * seconds / N_ARTICLES:.2f} ms an article",
        },
        {
            "name": f"one text of {long:,} characters",
            "seconds": of_long,
            "ratio": of_long / of_short,
            "against": f"a text of {short:,}; 10 is linear,",
            "note": "",
        },
    ]


if __name__ == "__main__":
    for row in run("small"):
        print(row)
