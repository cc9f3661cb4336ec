"""The one place where Numba is called by name: kernels are compiled once, kept on disk, and run without the GIL."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

__all__ = ["kernel"]

Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """The function compiled on first use; the compilation is cached beside the source file.

    Division follows NumPy (no exception on zero), results do not depend on threads, and the global lock is released.
    With the environment variable NUMBA_DISABLE_JIT=1 the function runs as plain Python.
    """
    return cast(Function, numba.njit(function, cache=True, nogil=True, error_model="numpy"))
