"""The account of an exchange a second time: replayed event by event into plain lists, set by set, slowly."""

from typing import Any

Event = dict[str, Any]


class Replay:
    """Keeps lists where the program keeps facts, and looks everything up again for each question."""

    def __init__(self, events: list[Event]) -> None:
        self.scans: list[tuple[str, str | None]] = []
        self.found: dict[str, str] = {}
        self.pieces: dict[str, list[str]] = {}
        self.parts: dict[str, list[str]] = {}
        self.joins: list[set[str]] = []
        self.words: list[tuple[str, str, str | None]] = []
        self.decisions: dict[str, Event] = {}
        self.announced: list[Event] = []
        self.manifest: list[str] | None = None
        self.explained = 0
        for event in events:
            self.take(event)

    def take(self, event: Event) -> None:
        what = event["event"]
        if what == "announced":
            self.announced.append(event)
        elif what == "manifest":
            self.manifest = list(event["lines"])
        elif what == "explained":
            self.explained += event["count"]
        elif what == "scanned":
            self.scans = [pair for pair in self.scans if pair[0] != event["bag"]] + [(event["bag"], event["line"])]
        elif what == "scan_withdrawn":
            self.scans = [pair for pair in self.scans if pair[0] != event["bag"]]
        elif what == "opened":
            self.found[event["bag"]] = event["found"]
            self.pieces[event["bag"]] = list(event.get("remains", [])) if event["found"] == "human" else []
        elif what in ("split", "rejoined"):
            self.cut(event)
        elif what == "joined":
            self.joins.append(set(event["remains"]))
        elif what == "parted":
            self.joins = [pair for pair in self.joins if pair != set(event["remains"])]
        elif what in ("decided", "revoked", "told", "home"):
            self.decide(event)
        elif what.endswith("_withdrawn"):
            gone = (what.removesuffix("_withdrawn"), event["remains"], event.get("person"))
            self.words = [word for word in self.words if word != gone]
        else:
            self.words.append((what, event["remains"], event.get("person")))

    def cut(self, event: Event) -> None:
        whole = event["remains"]
        for pieces in self.pieces.values():
            if event["event"] == "split" and whole in pieces:
                self.parts[whole] = event["into"]
                pieces[pieces.index(whole) : pieces.index(whole) + 1] = event["into"]
            elif event["event"] == "rejoined" and set(self.below(whole)) & set(pieces):
                place = min(pieces.index(piece) for piece in self.below(whole) if piece in pieces)
                pieces[:] = [piece for piece in pieces if piece not in self.below(whole)]
                pieces.insert(place, whole)

    def below(self, whole: str) -> list[str]:
        children = self.parts.get(whole, [])
        return [*children, *(piece for child in children for piece in self.below(child))]

    def decide(self, event: Event) -> None:
        if event["event"] == "decided":
            self.decisions[event["decision"]] = {**event, "marks": set()}
        else:
            self.decisions[event["decision"]]["marks"].add(event["event"])

    def bags(self, *found: str) -> list[str]:
        scanned = [bag for bag, _ in self.scans]
        return sorted(bag for bag, what in self.found.items() if bag in scanned and what in found)

    def individuals(self) -> list[set[str]]:
        groups = [{piece} for bag in self.bags("human") for piece in self.pieces[bag]]
        changed = True
        while changed:
            changed = False
            for pair in self.joins:
                touched = [group for group in groups if group & pair]
                if len(touched) == 2 and all(any(code in group for group in groups) for code in pair):
                    groups = [group for group in groups if group not in touched] + [touched[0] | touched[1]]
                    changed = True
        return groups

    def said(self, what: str) -> set[str]:
        return {min(g) for g in self.individuals() for kind, code, _ in self.words if kind == what and code in g}

    def open_candidates(self) -> set[str]:
        found = set()
        for group in self.individuals():
            people = {person for kind, code, person in self.words if kind == "candidate" and code in group}
            closed = {person for kind, code, person in self.words if kind == "candidate_closed" and code in group}
            if people - closed:
                found.add(min(group))
        return found

    def lies_in(self, decision: Event) -> list[str]:
        wanted: list[str] = []
        for code in decision["remains"]:
            groups = [g for g in self.individuals() if code in g or set(self.now_below(code)) & g]
            whole = code
            while not groups and (above := [up for up, parts in self.parts.items() if whole in parts]):
                (whole,) = above[:1]
                groups = [g for g in self.individuals() if whole in g]
            pieces = [piece for pieces in self.pieces.values() for piece in pieces]
            groups.sort(key=lambda group: min(map(pieces.index, group & {whole, *self.below(whole)})))
            wanted += [min(group) for group in groups if min(group) not in wanted]
        return wanted

    def now_below(self, code: str) -> list[str]:
        live = [piece for pieces in self.pieces.values() for piece in pieces]
        return [piece for piece in self.below(code) if piece in live]

    def named(self, *marks: str) -> set[str]:
        found: set[str] = set()
        for decision in self.decisions.values():
            if "revoked" in decision["marks"] or not set(marks) <= decision["marks"]:
                continue
            where = self.lies_in(decision)
            if len(where) == len(decision["persons"]):
                found |= set(where)
            elif len(decision["persons"]) == 1 and where:
                found.add(where[0])
        return found

    def figures(self) -> dict[str, Any]:
        everybody = {min(group) for group in self.individuals()}
        individuals = everybody - self.said("non_human") - self.said("counted_earlier")
        to_name = individuals - self.said("other_side")
        identified = self.named() & to_name
        sets = {
            "individuals": individuals,
            "to_name": to_name,
            "profile": to_name & self.said("profile"),
            "candidate": to_name & (self.open_candidates() | identified),
            "identified": identified,
            "told": identified & self.named("told"),
            "home": identified & self.named("told", "home"),
        }
        low_high = None
        if self.announced:
            low_high = {"low": min(a["low"] for a in self.announced), "high": max(a["high"] for a in self.announced)}
        return {
            "announced": low_high,
            "manifest": None if self.manifest is None else len(self.manifest),
            "scanned": len(self.scans),
            "opened": len(self.bags("human", "empty", "animal", "other", "undetermined")),
            **{step: len(items) for step, items in sets.items()},
        }
