"""The tables of a run, in Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from verification.rules.board import Asked, ways_out
from verification.rules.bounds import clopper_pearson, wilson
from verification.rules.deal import BINS, Names
from verification.rules.families import Degradation, kind_named
from verification.rules.power import Cell

__all__ = ["calibration_table", "code_table", "kinds_table", "names_table", "power_table", "ways_out_lines"]

FEW = 0.05
Key = tuple[str, Degradation]


def power_table(cells: Sequence[Cell], asked: Asked) -> str:
    """Returns, by kind, degradation and theta, the share that may be signed with its bounds, and may be proposed."""
    thetas = sorted({cell.theta for cell in cells})
    rows = [["family", "bone's loss", *(f"theta {theta:g}: signed (95 %); proposed" for theta in thetas)]]
    for (kind, degradation), by_theta in _by_row(cells, asked):
        rows.append([kind, degradation.name.lower(), *(_share(by_theta[theta]) for theta in thetas)])
    return _table(rows)


def _share(cell: Cell) -> str:
    few = min(cell.signed, cell.n - cell.signed) < 10
    low, high = (clopper_pearson if few else wilson)(cell.signed, cell.n)
    if cell.signed == cell.n:
        low = 1 - clopper_pearson(0, cell.n)[1]
    shares = f"**{100 * cell.signed / cell.n:.1f}** ({100 * low:.1f} to {100 * high:.1f})"
    return f"{shares}; {100 * cell.proposed / cell.n:.1f}"


def code_table(cells: Sequence[Cell], asked: Asked) -> str:
    """Returns how many of the pairs that may not be signed each rule holds back; a pair may be held by several."""
    thetas = sorted({cell.theta for cell in cells})
    rows = [["family", "bone's loss", *(f"theta {theta:g}" for theta in thetas)]]
    for (kind, degradation), by_theta in _by_row(cells, asked):
        rows.append([kind, degradation.name.lower(), *(_codes(by_theta[theta]) for theta in thetas)])
    return _table(rows)


def _codes(cell: Cell) -> str:
    return ", ".join(f"{code} {n}" for code, n in cell.against.most_common()) or "none"


def ways_out_lines(cells: Sequence[Cell], asked: Asked) -> Iterator[str]:
    """Yields a line for each kind and degradation of which fewer than 5 % may be signed at some theta: what helps.

    Another relative first, as measured in this very run; then a better sample of the bone; then what the rules say.
    """
    rows = dict(_by_row(cells, asked))
    for (kind, degradation), by_theta in rows.items():
        few = [theta for theta, cell in by_theta.items() if cell.signed < FEW * cell.n]
        if not few:
            continue
        measured = [(f"with {name}", rows[name, degradation]) for name in kind_named(kind).better]
        if degradation is not Degradation.NONE:
            measured.append(("with a sample of a bone that lost nothing", rows[kind, Degradation.NONE]))
        helps = [
            f"{what} {100 * min(other[theta].signed / other[theta].n for theta in few):.0f} %"
            for what, other in measured
            if all(other[theta].signed >= FEW * other[theta].n for theta in few)
        ]
        held = max(by_theta[few[0]].against.items(), key=lambda item: item[1])[0]
        thetas = ", ".join(f"{theta:g}" for theta in few)
        yield (
            f"- {kind}, loss {degradation.name.lower()} (theta {thetas}), held by {held}: "
            f"{'; '.join(helps) or 'no relative and no bone of this run suffices'}. {ways_out(held)}"
        )


def _by_row(cells: Sequence[Cell], asked: Asked) -> Iterator[tuple[Key, dict[float, Cell]]]:
    rows: dict[Key, dict[float, Cell]] = {}
    for cell in cells:
        if cell.asked == asked:
            rows.setdefault((cell.kind, cell.degradation), {})[cell.theta] = cell
    order = list(Degradation)
    kinds = list(dict.fromkeys(kind for kind, _ in rows))
    yield from sorted(rows.items(), key=lambda row: (kinds.index(row[0][0]), order.index(row[0][1])))


def names_table(results: Iterable[Names]) -> str:
    """Returns the names of each scenario, right and wrong; of 0 wrong names, the bound is about 3 over the names."""
    rows = [
        [
            *(
                "theta",
                "list",
                "others' ratios",
                "exchanged",
                "named right",
                "wrong",
                "wrong of names, 95 %",
                "expected",
            ),
            *("wrong: families", "threshold alone: right, wrong (at 0.99999)"),
        ]
    ]
    for names in results:
        n = names.right + names.wrong
        low, high = clopper_pearson(names.wrong, n) if n else (0.0, 1.0)
        rows.append(
            [
                f"{names.theta:g}",
                f"{names.asked.n_listed:,}",
                "exact" if names.exact else "1 each",
                names.scenario,
                f"{names.right:,}",
                f"**{names.wrong}**",
                f"{100 * low:.3f} to {100 * high:.3f} %",
                f"{names.expected_wrong:.3f}",
                ", ".join(f"{kind} {count}" for kind, count in names.wrong_kinds.most_common()),
                f"{names.right_by_threshold:,}, {names.wrong_by_threshold} ({names.wrong_at_five_nines})",
            ]
        )
    return _table(rows)


def kinds_table(results: Iterable[Names]) -> str:
    """Returns, by kind of family, which share of those on the list all rules let through."""
    rows: list[list[str]] = []
    for names in results:
        kinds = sorted(names.on_list_kinds)
        rows = rows or [["theta", "list", "others' ratios", *kinds]]
        shares = [f"{100 * names.right_kinds[kind] / names.on_list_kinds[kind]:.1f} %" for kind in kinds]
        rows.append([f"{names.theta:g}", f"{names.asked.n_listed:,}", "exact" if names.exact else "1 each", *shares])
    return _table(rows)


def calibration_table(results: Iterable[Names]) -> str:
    """Returns, by posterior of the best candidate, how many names would be wrong and how many were expected to be."""
    rows = [["theta", "list", *(f"{low:g} to {high:g}: wrong of n (expected)" for low, high in _bins())]]
    for names in results:
        counted = [f"{wrong:.0f} of {n:.0f} ({expected:.4g})" for n, expected, wrong in names.bins]
        rows.append([f"{names.theta:g}", f"{names.asked.n_listed:,}", *counted])
    return _table(rows)


def _bins() -> Iterator[tuple[float, float]]:
    return pairwise(BINS)


def _table(rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines)
