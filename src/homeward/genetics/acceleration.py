"""The one place where Numba is called by name: kernels are compiled once, kept on disk, and run without the GIL."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

__all__ = ["kernel"]

Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """The function compiled on first use; the compilation is cached beside the source file, or where Numba can.

    A service user without a home folder, who may not write beside the source, keeps it in HOMEWARD_DATA_DIR; where
    that is not to be had either, kernels are compiled anew in each process.

    Division follows NumPy (no exception on zero), results do not depend on threads, and the global lock is released.
    With the environment variable NUMBA_DISABLE_JIT=1 the function runs as plain Python.
    """
    try:
        return _compiled(function, cache=True)
    except (RuntimeError, OSError):  # Numba found no place that can be written
        return _compiled(function, cache=_has_place())


def _compiled(function: Function, *, cache: bool) -> Function:
    return cast(Function, numba.njit(function, cache=cache, nogil=True, error_model="numpy"))


def _has_place() -> bool:
    """Returns whether the data folder can hold the compilations; from then on Numba keeps them there."""
    folder = os.environ.get("HOMEWARD_DATA_DIR", "")
    if not folder or not os.access(folder, os.W_OK):
        return False
    numba.config.CACHE_DIR = str(Path(folder) / "compiled")  # type: ignore[attr-defined]
    return True
