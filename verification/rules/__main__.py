"""What the rules of identification let through, by a simulation whose genetics shares no code with Homeward.

    python -m verification.rules --families 1000 --bodies 4000 --seed 1

First true pairs: `--families` of each kind, degradation and theta. Then whole deals: `--bodies` bodies before a
register, with and without exchanged tubes. 0 leaves a part out. Answers are Markdown on standard output.
"""

import argparse
import time
from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from verification.rules.board import Asked
from verification.rules.deal import SCENARIOS, Names, decide, draw_world
from verification.rules.families import Degradation
from verification.rules.frequencies import EUROPEAN, LOCI, read_ladder
from verification.rules.power import Model, power
from verification.rules.register import DEGRADED
from verification.rules.report import (
    calibration_table,
    code_table,
    kinds_table,
    names_table,
    power_table,
    ways_out_lines,
)

THETAS = (0.0, 0.01, 0.03)
LISTS = (12_000, 70_000)


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    start = time.process_time()
    names = {"own": (chosen.computed_with,), "european": EUROPEAN, "all": None}[chosen.populations]
    ladder = read_ladder(LOCI[chosen.loci], drawn_from=chosen.drawn_from, names=names)
    if chosen.computed_with not in ladder.populations:
        raise SystemExit(f"--computed-with {chosen.computed_with}: needed one of {', '.join(ladder.populations)}")
    model = Model(ladder, chosen.drawn_from, chosen.computed_with, chosen.mutation)
    lists = sorted(set(chosen.list or LISTS))
    thetas = sorted(set(chosen.theta or THETAS))
    print(f"{chosen.loci} loci, {len(ladder.populations)} populations for the lowest ratio, seed {chosen.seed}")
    if chosen.families:
        _print_power(model, chosen, thetas, lists, np.random.default_rng([chosen.seed, 1]))
    if chosen.bodies:
        _print_deals(model, chosen, thetas, lists, np.random.default_rng([chosen.seed, 2]))
    print(f"\n{time.process_time() - start:.0f} s of one core")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m verification.rules", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--families", type=int, default=1000, help="true pairs of each kind, degradation and theta")
    parser.add_argument("--bodies", type=int, default=4000, help="bodies of a deal, no more than the shortest list")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--theta", type=float, action="append", help="of people and ratios, repeatable")
    parser.add_argument("--list", type=int, action="append", help="persons on the list, repeatable")
    parser.add_argument("--share", type=float, default=0.5, help="of bodies whose person is on the list")
    parser.add_argument("--loci", type=int, choices=sorted(LOCI), default=21)
    parser.add_argument("--mutation", type=float, default=0.001, help="probability per allele handed on")
    parser.add_argument("--drawn-from", default=EUROPEAN[0], help="the population in which people are drawn")
    parser.add_argument("--computed-with", default=EUROPEAN[0], help="the population of the ratios")
    parser.add_argument(
        "--populations", choices=("own", "european", "all"), default="european", help="for the lowest ratio"
    )
    parser.add_argument("--whole-bones", action="store_true", help="no allele of a bone is lost in a deal")
    return parser


def _print_power(
    model: Model, chosen: argparse.Namespace, thetas: list[float], lists: list[int], generator: Generator
) -> None:
    asked = [Asked(n_listed, chosen.share) for n_listed in lists]
    cells = list(power(model, thetas=thetas, lists=asked, n=chosen.families, generator=generator))
    for each in asked:
        print(f"\n## True pairs, {chosen.families:,} a cell, list {each.n_listed:,}, share {each.share:g}\n")
        print(power_table(cells, each))
        print("\nHeld back, by code:\n")
        print(code_table(cells, each))
        print("\nBelow 5 %, and what helps:\n")
        print("\n".join(ways_out_lines(cells, each)) or "none")


def _print_deals(
    model: Model, chosen: argparse.Namespace, thetas: list[float], lists: list[int], generator: Generator
) -> None:
    if chosen.bodies > lists[0]:
        raise SystemExit(f"--bodies {chosen.bodies}: needed no more than the shortest list, {lists[0]}")
    degraded = {Degradation.NONE: 1.0} if chosen.whole_bones else DEGRADED
    calibrated: list[Names] = []
    results: list[Names] = []
    for theta in thetas:
        world = draw_world(
            model,
            theta=theta,
            share=chosen.share,
            n_bodies=chosen.bodies,
            lists=lists,
            generator=generator,
            degraded=degraded,
        )
        for n_listed in lists:
            exact = [decide(world, scenario, n_listed=n_listed, exact=True) for scenario in SCENARIOS]
            results += [decide(world, SCENARIOS[0], n_listed=n_listed, exact=False), *exact]
            calibrated.append(exact[0])
    bones = ", ".join(f"{each.name.lower()} {share:.0%}" for each, share in degraded.items())
    on_list = round(chosen.share * chosen.bodies)
    print(f"\n## A deal of {chosen.bodies:,} bodies, {on_list:,} of them on the list; loss of the bones: {bones}\n")
    print(names_table(results))
    print("\nNamed by all rules, no tube exchanged, of those on the list:\n")
    print(kinds_table(each for each in results if each.scenario == SCENARIOS[0].name))
    print("\nPosteriors of the best candidates by the exact sum, no tube exchanged:\n")
    print(calibration_table(calibrated))


if __name__ == "__main__":
    raise SystemExit(main())
