"""The runner of one machine: blocks on threads, since kernels and tables release the global lock."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from homeward.search.posteriors import Findings
from homeward.search.runs import Block, SearchJob, search_block

__all__ = ["LocalRunner"]


@dataclass(frozen=True)
class LocalRunner:
    """Runs as many blocks at once as there are threads; no more than twice that many are ever under way."""

    threads: int = 0

    def run(self, job: SearchJob, blocks: Sequence[Block]) -> Iterator[tuple[Block, Findings]]:
        """Yields every block with what it found, as it finishes."""
        threads = self.threads or os.cpu_count() or 1
        _ = job.readings, job.plain, job.store  # made once, before threads ask for them together
        waiting = iter(blocks)
        running: dict[Future[Findings], Block] = {}
        with ThreadPoolExecutor(threads) as pool:
            try:
                while True:
                    for block in waiting:
                        running[pool.submit(search_block, job, block)] = block
                        if len(running) >= 2 * threads:
                            break
                    if not running:
                        return
                    finished, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in finished:
                        yield running.pop(future), future.result()
            finally:
                # Reached by an error or Ctrl+C too: without it the pool would first work off all that waits.
                for future in running:
                    future.cancel()
