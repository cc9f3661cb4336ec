"""Run as a program: writes to the journal until its standard input ends, and prints the number of each event once it is
acknowledged.
"""

import sys
import threading

from homeward.cli import database


def main() -> None:
    """Writes and prints."""
    database.prepare()
    from homeward.journal.actions import write
    from homeward.journal.actors import SYSTEM

    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    while not ended.is_set():
        event = write(by=SYSTEM, action="test.written", subject="test:1", data={"text": "x" * 500})
        sys.stdout.write(f"{event.sequence}\n")
        sys.stdout.flush()
        ended.wait(0.002)


if __name__ == "__main__":
    main()
