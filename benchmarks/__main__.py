"""Runs the named benchmarks, or all, and prints one table."""

import argparse
import importlib
import pkgutil

import benchmarks


def main() -> None:
    names = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name != "__main__")
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(names)}; all when none is named")
    parser.add_argument("--size", choices=("small", "full"), default="small")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(names):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    print(f"{'benchmark':<52} {'seconds':>10} {'ratio':>8}  against, note")
    for name in arguments.names or names:
        for row in importlib.import_module(f"benchmarks.{name}").run(arguments.size):
            ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
            print(f"{row['name']:<52} {row['seconds']:>10.3f} {ratio:>8}  {row['against'] or ''} {row['note'] or ''}")


if __name__ == "__main__":
    main()
