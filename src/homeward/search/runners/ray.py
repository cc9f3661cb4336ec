"""The runner of a cluster: blocks as Ray tasks. This is the only module that imports Ray.

The job is put into the object store once; a bounded number of blocks is under way at a time, so memory does not grow
with the size of the search. A task whose worker dies is started again: a block has no effect but its answer.
"""

import logging
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, cast

from homeward.errors import InputError
from homeward.search.posteriors import Findings
from homeward.search.runs import Block, SearchJob, search_block

__all__ = ["RayRunner"]

_ATTEMPTS = 5
_REACHED_WITHIN_SECONDS = 3.0


@dataclass(frozen=True)
class RayRunner:
    """Runs blocks on the Ray cluster at an address, or on one started on this machine for the run.

    ``n_workers`` is for a cluster started here; with an address the cluster decides.
    """

    address: str | None = None
    n_workers: int | None = None
    blocks_per_worker: int = 2

    def run(self, job: SearchJob, blocks: Sequence[Block]) -> Iterator[tuple[Block, Findings]]:
        """Yields every block with what it found, as it finishes."""
        try:
            import ray
        except ImportError as error:
            raise InputError(
                place="engine ray", found="no Ray on this machine", needed="pip install homeward[cluster]"
            ) from error
        started = not ray.is_initialized()
        if started and self.address:
            _refuse_unless_reached(self.address)
        if started:
            ray.init(
                address=self.address,
                num_cpus=None if self.address else self.n_workers,
                include_dashboard=False,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
        try:
            yield from self._on_cluster(job, blocks)
        finally:
            if started:
                ray.shutdown()

    def _on_cluster(self, job: SearchJob, blocks: Sequence[Block]) -> Iterator[tuple[Block, Findings]]:
        import ray

        work = ray.remote(max_retries=_ATTEMPTS)(search_block)
        shared = ray.put(job)
        most = max(1, _cores(ray)) * self.blocks_per_worker
        waiting = list(reversed(blocks))
        attempts: dict[str, int] = {}
        running: dict[Any, Block] = {}
        while waiting or running:
            while waiting and len(running) < most:
                block = waiting.pop()
                running[work.remote(shared, block)] = block
            finished, _ = ray.wait(list(running), num_returns=1)
            for reference in finished:
                block = running.pop(reference)
                try:
                    table = ray.get(reference)
                except (ray.exceptions.WorkerCrashedError, ray.exceptions.ObjectLostError):
                    attempts[block.key] = attempts.get(block.key, 0) + 1
                    if attempts[block.key] > _ATTEMPTS:
                        raise
                    waiting.append(block)
                    continue
                except ray.exceptions.RayTaskError as failure:
                    # An error of the input has to reach the user as itself, not as a traceback of a worker.
                    raise _cause(failure) from None
                yield block, table


def _refuse_unless_reached(address: str) -> None:
    """Raises InputError where nothing listens at the address; Ray itself tries for two minutes, and not in silence."""
    if address in {"auto", "local"}:
        return
    needed = "the address of a Ray cluster that answers, such as 10.0.0.7:6379 or ray://10.0.0.7:10001"
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise InputError(place="--ray-address", found=f'"{address}"', needed=needed)
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_REACHED_WITHIN_SECONDS).close()
    except OSError as error:
        found = f"{address}: {error.strerror or error}"
        raise InputError(place="--ray-address", found=found, needed=needed) from error


def _cores(ray: ModuleType) -> int:
    return int(ray.cluster_resources().get("CPU", 1))


def _cause(failure: Any) -> Exception:
    """The exception that the block raised, instead of Ray's wrapping of it."""
    return cast(Exception, failure.cause)
