"""A progress bar on a terminal, and silence everywhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

__all__ = ["Tell", "counting", "share"]

Tell = Callable[[float, float], None]


@contextmanager
def counting(label: str, *, total: int | None = None) -> Iterator[Callable[[], None]]:
    """Gives a function to be called once for each step; the bar stands on standard error and goes when done."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,.0f}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(label, total=total)
        yield lambda: progress.advance(task)


@contextmanager
def share(label: str) -> Iterator[Tell]:
    """Gives a function that is told how much is done, of how much; the bar shows the share of them."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(label, total=None)
        yield lambda n_done, n_total: progress.update(task, completed=n_done, total=n_total)
