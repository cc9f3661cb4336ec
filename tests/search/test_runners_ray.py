"""The cluster runner: the same shortlist as on one machine, also when a worker is killed in mid-run."""

import os
import signal
import time
from pathlib import Path

import pyarrow as pa
import pytest
from tests.search.conftest import Example

from homeward.search.runners.local import LocalRunner
from homeward.search.runners.ray import RayRunner
from homeward.search.runs import Block, SearchJob, run_search, search_block

ray = pytest.importorskip("ray")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


def test_ray_runner__gives_the_same_when_a_worker_is_killed(
    example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path)

    def watched(job: SearchJob, block: Block) -> pa.Table:
        mark = Path(folder) / f"{block.key}.{os.getpid()}"
        mark.write_text("")
        time.sleep(0.5)
        return search_block(job, block)

    monkeypatch.setattr("homeward.search.runners.ray.search_block", watched)
    expected = run_search(example.job, example.members, LocalRunner(1), prior=0.01, block_size=12)
    killed: list[int] = []

    def kill_once(_: int) -> None:
        if not killed:
            newest = max(tmp_path.iterdir(), key=lambda mark: mark.stat().st_mtime)
            killed.append(int(newest.name.rpartition(".")[2]))
            os.kill(killed[0], signal.SIGKILL)

    runner = RayRunner(n_workers=2)
    found = run_search(example.job, example.members, runner, prior=0.01, block_size=12, on_block=kill_once)
    assert killed
    assert found.equals(expected)
    started = [mark.name.partition(".")[0] for mark in tmp_path.iterdir()]
    assert len(started) > len(set(started)), "the block of the killed worker was started again"
    assert not ray.is_initialized()
