"""Run as a program: several threads that write to the journal of HOMEWARD_DATA_DIR at once, failing now and then."""

import sys
import threading

from homeward.cli import database


def main(name: str, n_threads: int, n_events: int) -> None:
    """Writes `n_events` from each thread; after each third it begins one more that is taken back."""
    database.prepare()
    from django.db import connection, transaction

    from homeward.journal.actions import write
    from homeward.journal.actors import SYSTEM

    failures: list[BaseException] = []

    def work(thread: int) -> None:
        try:
            for number in range(n_events):
                with transaction.atomic():
                    write(by=SYSTEM, action="test.written", subject=f"{name}:{thread}:{number}", data={})
                if number % 3 == 0:
                    with transaction.atomic():
                        write(by=SYSTEM, action="test.taken_back", subject=f"{name}:{thread}:{number}", data={})
                        transaction.set_rollback(True)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(n_threads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
