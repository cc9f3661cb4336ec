"""Parts of a figure: "25 Azerbaijanis (19 servicemen and six civilians)", "76 people, sixteen of them civilians".

Parts that make up the whole replace it. A part of another sort is told beside the whole, which keeps the rest.
"""

from collections.abc import Sequence
from dataclasses import replace

from homeward.reader.claims import What
from homeward.reader.groups import Group, GroupKind
from homeward.reader.handovers import Handover
from homeward.reader.terms import Term

__all__ = ["break_down"]

_REACH = 6
_NOT_TOLD = frozenset({GroupKind.WEAK_CIVILIANS, GroupKind.PEOPLE, GroupKind.SOLDIERS})


def break_down(
    told: Sequence[Handover], terms: Sequence[Term], groups: Sequence[Group], *, sides: frozenset[str]
) -> list[Handover]:
    """Returns the handovers with their parts told apart; what is told as a part is not told again.

    `sides` are the parties of the conflict: their people among the parts go opposite ways.
    """
    parts_told: set[int] = set()
    all_parts: list[Group] = []
    found: list[Handover] = []
    for handover in sorted(told, key=lambda one: (one.group.first, one.pair)):
        if id(handover.group) in parts_told or any(part.first < handover.group.first < part.last for part in all_parts):
            continue
        others = {id(other.group) for other in told if other.pair or (other.first, other.last) != _clause(handover)}
        parts, included = _parts(handover.group, terms, groups, others | parts_told)
        parts_told |= {id(part) for part in parts}
        all_parts += parts
        found += _apart(handover, parts, included=included, sides=sides)
    return found


def _clause(handover: Handover) -> tuple[int, int]:
    return handover.first, handover.last


def _apart(handover: Handover, parts: Sequence[Group], *, included: bool, sides: frozenset[str]) -> list[Handover]:
    """Returns the whole with the parts that are told beside it, or the parts alone where they make it up."""
    whole = handover.group
    number = whole.amount.number if whole.amount else None
    if not parts or number is None or whole.amount is None:
        return [handover]
    for part in parts:
        part.nation = part.nation or (whole.nation if part.kind not in (GroupKind.PEOPLE, None) else None)
    told = [_part(handover, part) for part in parts]
    total = sum(_count(part) for part in parts)
    nations = {part.nation for part in parts if part.nation}
    undirected = handover.both and not handover.giver and not handover.receiver
    several = whole.nation is None and bool(nations) and nations <= sides and (undirected or len(nations) > 1)
    if total == number and (several or not included):
        return told
    if several and not included:
        return [handover, *told]
    special = [part for part in told if part.group.what is not None and part.group.kind not in _NOT_TOLD]
    special = [part for part in special if part.group.what != (whole.what or What.PRISONERS)]
    if included or not special or total > number:
        return [handover, *special]
    rest = number - sum(_count(part.group) for part in special)
    if all(part.group.dead for part in special) or whole.what is None or whole.what is What.CIVILIANS:
        amount = replace(whole.amount, low=rest, high=rest)
        return [replace(handover, group=replace(whole, amount=amount)), *special]
    return [handover, *special]


def _count(group: Group) -> int:
    return (group.amount.number or 0) if group.amount else 0


def _part(handover: Handover, part: Group) -> Handover:
    if part.kind is None:
        part.kind = handover.group.kind
    part.captives_of = part.captives_of or handover.group.captives_of
    part.dead = part.dead or (handover.group.dead and part.kind not in (GroupKind.CIVILIANS, GroupKind.CHILDREN))
    foreign = part.nation is not None and handover.group.nation is None and handover.both
    return replace(
        handover,
        group=part,
        part_of=handover.group,
        first=min(handover.group.first, part.first),
        last=max(part.last, handover.group.last),
        both=handover.both and not foreign,
        giver=None if foreign else handover.giver,
        receiver=None if foreign else handover.receiver,
    )


def _parts(whole: Group, terms: Sequence[Term], groups: Sequence[Group], taken: set[int]) -> tuple[list[Group], bool]:
    """Returns the groups that break the whole down, and whether the words say "including"."""
    later = [group for group in groups if group.first >= whole.last]
    parts: list[Group] = []
    included = False
    end = whole.last
    for group in later:
        between = terms[end : group.first]
        if group.first < end:
            continue
        if id(group) in taken:
            break
        if group.amount is None or group.amount.number is None:
            if not parts and (included or any(term.is_("including") for term in between)):
                included, end = True, group.last
                continue
            break
        if included and not parts and _goes_on(between):
            pass
        elif not parts:
            kind = _opening(between, terms, group)
            if kind is None:
                break
            included = kind == "including"
        elif not _goes_on(between) or _exceeds(whole, parts, group):
            break
        parts.append(group)
        end = _after(terms, group)
    return parts, included


def _exceeds(whole: Group, parts: Sequence[Group], group: Group) -> bool:
    number = whole.amount.number if whole.amount else None
    return number is not None and sum(_count(part) for part in (*parts, group)) > number


def _opening(between: Sequence[Term], terms: Sequence[Term], group: Group) -> str | None:
    """Returns how the breakdown opens: "including", or with a bracket, a colon, a comma and "of them"."""
    if len(between) > 24 or not between:
        return None
    if between[-1].is_("marks", "open") and len(between) <= _REACH:
        return "open"
    if between[-1].is_("marks", "colon"):
        return "colon"
    if between[-1].is_("including") or any(term.is_("including") for term in between):
        return "including"
    if between[-1].is_("marks", "comma") and _of_them(terms, group):
        return "of them"
    plain = between[-1].is_("marks", "comma") and not group.bare and group.nation is not None
    return "comma" if plain and len(between) <= _REACH else None


def _of_them(terms: Sequence[Term], group: Group) -> bool:
    after = terms[group.last - 2 : group.last + 2]
    return any(term.is_("pronoun", "third") for term in after)


def _goes_on(between: Sequence[Term]) -> bool:
    return bool(between) and all(term.is_("conjunction", "and") or term.is_("marks", "comma") for term in between)


def _after(terms: Sequence[Term], group: Group) -> int:
    """Returns where a part ends, with the noun after "of them": "118 of them servicemen"."""
    place = group.last
    if place < len(terms) and group.bare and (entry := terms[place].get("noun")):
        group.kind = GroupKind(entry.name)
        group.last = place + 1
    elif place < len(terms) and group.bare and terms[place].is_("adjective", "dead"):
        group.kind = GroupKind.REMAINS
        group.last = place + 1
    return group.last
