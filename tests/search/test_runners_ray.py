"""The cluster runner: the same shortlist as on one machine, also when a worker is killed in mid-run."""

import os
import signal
from pathlib import Path

import pytest
from tests.search.conftest import Example

from homeward.search.posteriors import Findings
from homeward.search.runners.local import LocalRunner
from homeward.search.runners.ray import RayRunner
from homeward.search.runs import Block, SearchJob, run_search, search_block

ray = pytest.importorskip("ray")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


def test_ray_runner__gives_the_same_when_a_worker_is_killed(
    example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path)

    def watched(job: SearchJob, block: Block) -> Findings:
        """Works on a block; the worker that comes to the third block first is killed in the middle of it."""
        n_started = sum(1 for _ in Path(folder).iterdir())
        Path(folder, f"{block.key}.{os.getpid()}").touch()
        if n_started >= 2:
            try:
                Path(folder, "killed").touch(exist_ok=False)
            except FileExistsError:
                pass
            else:
                os.kill(os.getpid(), signal.SIGKILL)
        return search_block(job, block)

    monkeypatch.setattr("homeward.search.runners.ray.search_block", watched)
    expected = run_search(example.job, example.members, LocalRunner(1), block_size=12)
    found = run_search(example.job, example.members, RayRunner(n_workers=2), block_size=12)
    assert found.pairs.equals(expected.pairs)
    assert (found.units == expected.units).all()
    started = [mark.name.partition(".")[0] for mark in tmp_path.iterdir() if mark.name != "killed"]
    assert (tmp_path / "killed").exists()
    assert len(started) == len(set(started)) + 1, "the block of the killed worker was started again"
    assert not ray.is_initialized()
