"""Kernels compiled and as plain Python."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.likelihood.small_case import figures

SCRIPT = Path(__file__).with_name("small_case.py")


def test_kernels__give_the_same_without_compilation() -> None:
    finished = subprocess.run(
        [sys.executable, str(SCRIPT)],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert finished.returncode == 0, finished.stderr
    plain, compiled = json.loads(finished.stdout), figures()
    assert plain.keys() == compiled.keys()
    for name, values in compiled.items():
        assert plain[name] == pytest.approx(values, rel=1e-12, abs=1e-300), name
