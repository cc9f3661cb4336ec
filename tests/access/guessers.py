"""Run as a program: threads that guess at one account from one address; prints how many guesses were tried."""

import contextlib
import sys
import threading

from homeward.cli import database


def main(n_threads: int, n_guesses: int) -> None:
    """Has each thread guess; a guess that was told to wait is given up."""
    database.prepare()
    from django.db import connection

    from homeward.access.attempts import Claimant, TooSoonError, begin

    print("ready", flush=True)
    sys.stdin.readline()  # all begin at one moment
    tried: list[int] = []
    failures: list[BaseException] = []

    def guess() -> None:
        try:
            for _ in range(n_guesses):
                with contextlib.suppress(TooSoonError):
                    tried.append(begin(Claimant("password:alice@example.org", "203.0.113.9")).failures)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(n_threads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    print(*tried)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
