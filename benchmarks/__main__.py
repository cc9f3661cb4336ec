"""Runs the named benchmarks, or all, each in a process of its own, and prints one table."""

import argparse
import multiprocessing
import pkgutil
from concurrent.futures import ProcessPoolExecutor

import benchmarks
from benchmarks import rows_of


def main() -> None:
    names = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name != "__main__")
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(names)}; all when none is named")
    parser.add_argument("--size", choices=("small", "full"), default="small")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(names):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    print(f"{'benchmark':<52} {'seconds':>10} {'ratio':>8}  against, note")
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh, max_tasks_per_child=1) as pool:
        for name in arguments.names or names:
            for row in pool.submit(rows_of, name, arguments.size).result():
                ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
                note = f"{row['against'] or ''} {row['note'] or ''}"
                print(f"{row['name']:<52} {row['seconds']:>10.3f} {ratio:>8}  {note}")


if __name__ == "__main__":
    main()
