"""`homeward names compare` and `homeward names match`: two spellings, and a list against a register."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeward.cli.printing import say
from homeward.cli.progress import counting
from homeward.errors import InputError
from homeward.output import check_writable, csv_text, refuse_overwriting, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from homeward.names.comparison import Comparison
    from homeward.names.lists import EntryList
    from homeward.names.matching import Proposal

__all__ = ["commands", "compare", "match"]

commands = typer.Typer(help="Names across scripts: two spellings, or a list against a register.", no_args_is_help=True)


@commands.command()
def compare(
    left: Annotated[str | None, typer.Argument(help="one spelling of a name")] = None,
    right: Annotated[str | None, typer.Argument(help="the other spelling")] = None,
    pairs: Annotated[Path | None, typer.Option(help="a CSV file with the columns left, right")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print one JSON object, or an array for a file")] = False,  # noqa: FBT002
    as_lines: Annotated[bool, typer.Option("--jsonl", help="print one JSON object a line")] = False,  # noqa: FBT002
) -> None:
    """Compares two spellings of a name, part by part, with the weight of the evidence."""
    from homeward.names.comparison import compare as compare_names

    if as_json and as_lines:
        raise InputError(place="homeward names compare", found="--json and --jsonl", needed="one of the two")
    if (pairs is None) == (left is None) or (left is None) != (right is None):
        raise InputError(
            place="homeward names compare", found=_given(left, right, pairs), needed="two names, or --pairs FILE.csv"
        )
    if pairs is None and left is not None and right is not None:
        found = compare_names(_with_words(left, "LEFT"), _with_words(right, "RIGHT"))
        say(_one(found, as_json=as_json, as_lines=as_lines).removesuffix("\n"))
        return
    if pairs is not None:
        _compare_file(pairs, as_json=as_json, as_lines=as_lines)


def _given(left: str | None, right: str | None, pairs: Path | None) -> str:
    names = sum(one is not None for one in (left, right))
    return f"{names} name{'s' if names != 1 else ''}{' and --pairs' if pairs else ''}"


def _with_words(text: str, place: str) -> str:
    from homeward.names.parsing import parse_name

    if not parse_name(text).readings:
        raise InputError(place=place, found=f'"{text}"', needed="a name with at least one word")
    return text


def _compare_file(path: Path, *, as_json: bool, as_lines: bool) -> None:
    from homeward.names.comparison import compare as compare_names
    from homeward.names.lists import read_pairs

    rows = read_pairs(path)
    found = []
    with counting("pairs compared", total=len(rows)) as step:
        for row in rows:
            one = compare_names(row.left, row.right)
            step()
            if as_json:
                found.append(one.as_json())
            else:
                say(_one(one, as_json=False, as_lines=as_lines).removesuffix("\n"))
    if as_json:
        say(json.dumps(found, ensure_ascii=False, indent=2))


def _one(found: "Comparison", *, as_json: bool, as_lines: bool) -> str:
    if as_lines:
        return json.dumps(found.as_json(), ensure_ascii=False) + "\n"
    if as_json:
        return json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n"
    return _told(found)


def _told(found: "Comparison") -> str:
    from homeward.names.relations import PART_NAMES

    against = f"{found.log10_lr:.1f} against unrelated people, {found.brother_log10_lr:.1f} against a brother or sister"
    lines = [found.left.text, found.right.text, f"{found.verdict.value}, log10 LR {against}"]
    for part in found.parts:
        relation = part.relation.value.replace("_", " ")
        texts = f"{part.left or '-'} | {part.right or '-'}"
        lines.append(f"  {PART_NAMES[part.part]}: {texts}: {relation} ({part.why}), {part.log10_lr:+.1f}")
    for side, name in (("left", found.left), ("right", found.right)):
        lines += [f"  set aside on the {side}: {one.kind.value.replace('_', ' ')} {one.text}" for one in name.asides]
        lines += [f"  repaired on the {side}: {one}" for one in name.repairs]
    return "\n".join(lines) + "\n"


@commands.command()
def match(
    wanted: Annotated[Path, typer.Argument(help="the list: a CSV file with the columns id, name", metavar="LIST.csv")],
    register: Annotated[Path, typer.Argument(help="the register, in the same columns", metavar="REGISTER.csv")],
    out: Annotated[Path | None, typer.Option(help="write the table there; standard output if left out")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print an array of objects")] = False,  # noqa: FBT002
    at_most: Annotated[int, typer.Option(min=1, help="how many people of the register an entry of the list shows")] = 3,
    share: Annotated[
        float, typer.Option(min=0.001, max=0.999, help="the share of the list that is expected in the register")
    ] = 0.5,
) -> None:
    """Proposes for each entry of a list who of a register it may be, with the reason, or nobody; it merges nobody."""
    from homeward.names.lists import read_entries
    from homeward.names.matching import MatchOptions, match_lists, with_rows_aside

    if as_json and out is not None:
        raise InputError(place="homeward names match", found="--json and --out", needed="one of the two")
    if out is not None:
        check_writable(out)
        refuse_overwriting(out, wanted, register)
    ours, theirs = read_entries(wanted), read_entries(register)
    for path, entries in ((wanted, ours), (register, theirs)):
        if not entries.entries:
            raise InputError(place=path.name, found="no row that can be compared", needed="at least one")
    with counting("entries of the list compared", total=len(ours.entries)) as step:
        rows = match_lists(
            ours.entries, theirs.entries, MatchOptions(at_most, share),
            on_step=lambda n: _repeat(step, n),
        )  # fmt: skip
    rows = with_rows_aside(rows, ours.rows)
    if as_json:
        say(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=2))
    elif out is None:
        say(_table(rows).removesuffix("\n"))
    else:
        write_whole(out, lambda waiting: waiting.write_text(_table(rows), encoding="utf-8"))
    _tell(wanted, ours, register, theirs, rows)


def _repeat(step: "Callable[[], None]", n: int) -> None:
    for _ in range(n):
        step()


_COLUMNS = ("list_id", "register_id", "rank", "verdict", "log10_lr", "posterior", "explanation", "proposed")


def _table(rows: "list[Proposal]") -> str:
    return csv_text(_COLUMNS, [_cells(row) for row in rows])


def _cells(row: "Proposal") -> dict[str, object]:
    return row.as_json() | {
        "log10_lr": "" if row.log10_lr is None else f"{row.log10_lr:.4f}",
        "posterior": "" if row.posterior is None else f"{row.posterior:.6f}",
        "proposed": "yes" if row.proposed else "no",
    }


def _tell(wanted: Path, ours: "EntryList", register: Path, theirs: "EntryList", rows: "list[Proposal]") -> None:
    """Tells on standard error what was read, what was set aside and why, and what came of it."""
    from homeward.names.matching import cases_of

    for path, entries in ((wanted, ours), (register, theirs)):
        say(
            f"{path.name}: {len(entries.entries):,} rows compared, {len(entries.set_aside):,} rows or cells set aside.",
            err=True,
        )
        for problem in entries.set_aside:
            say(f"  {problem}", err=True)
        cases = sorted(case.value for case in cases_of(entries.entries))
        if cases:
            say(f"  its names stand in the {' or '.join(cases)} and are read in the nominative", err=True)
        if entries.unread_columns:
            say(f"  columns not read: {', '.join(entries.unread_columns)}", err=True)
    proposed = sum(row.proposed and bool(row.register_id) for row in rows)
    nobody = sum(not row.register_id and row.posterior is not None for row in rows)
    open_ = len(ours.entries) - proposed - nobody
    say(
        f"{proposed:,} of {len(ours.entries):,} with a proposal, {nobody:,} with nobody, "
        f"{open_:,} left to people: their candidates contradict or are proposed to others.",
        err=True,
    )
