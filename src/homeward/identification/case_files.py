"""Reading the cases of `homeward identification rules`: strict, complete, and refused as a whole where one is wrong."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from homeward.errors import InputError
from homeward.identification.cases import (
    Candidate,
    Case,
    Dissent,
    Dossier,
    Evidence,
    Individual,
    People,
    Search,
    Settings,
)
from homeward.identification.conditions import DAY
from homeward.identification.fields import Fields, fields_of, refuse_repeated, shown
from homeward.identification.posterior_cases import listed_in, person_in, probability_in, share_in, weight_in
from homeward.identification.vocabulary import (
    Brothers,
    Consent,
    EvidenceKind,
    Finding,
    Human,
    ProfileState,
    References,
    RemainsAgree,
    SecondSample,
    SignOfLife,
)
from homeward.identification.weighing import Weighing

__all__ = ["RuleCases", "rule_cases_from_object"]

SETTINGS = ("posterior", "list", "share", "sensitivity", "second_sample", "budget", "spent", "slip_rate")
CASE = (
    *("case", "individual", "search", "candidates", "rest_sum", "proposal", "evidence", "people", "dossier"),
    *("list", "share", "posterior"),
)
CANDIDATE = (
    *("person", "log10_lr", "lowest_log10_lr", "weight", "group", "donors", "resampled", "references", "consent"),
    *("alive", "last_alive", "brothers", "decided", "same_as"),
)
EVIDENCE = ("kind", "person", "finding", "reason", "second")


@dataclass(frozen=True)
class RuleCases:
    """The cases of a file, and notes on what was read and cannot speak for anybody."""

    cases: tuple[Case, ...]
    notes: tuple[str, ...]


def rule_cases_from_object(value: object, *, place: str) -> RuleCases:
    """Returns the cases of a JSON object; raises InputError for whatever is unknown, missing or impossible."""
    file = fields_of(value, ("settings", "cases"), place=place)
    if "cases" not in file:
        raise file.refused("cases", "a list of cases")
    settings = file.inner("settings", SETTINGS)
    cases = tuple(_case(fields, settings, place) for fields in file.each("cases", CASE))
    refuse_repeated((case.name for case in cases), place=f"{place}, case")
    return RuleCases(cases, tuple(note for case in cases for note in _notes(case)))


def _notes(case: Case) -> list[str]:
    named = {candidate.person for candidate in case.candidates}
    strangers = [person for person in case.proposal if person not in named]
    notes = [f"case {shown(case.name)}: {shown(person)} is proposed and is no candidate" for person in strangers]
    families = {each.group for each in case.candidates if each.person in case.proposal and each.group}
    if len(families) > 1:
        told = f"the proposal names persons of {len(families)} families; it is meant for persons of one"
        notes.append(f"case {shown(case.name)}: {told}")
    beside = [item for item in case.evidence if item.person and item.person not in named | set(case.proposal)]
    if beside:
        notes.append(
            f"case {shown(case.name)}: {len(beside)} of the evidence concerns neither a candidate nor the proposal"
        )
    return notes


def _case(fields: Fields, common: Fields, place: str) -> Case:
    name = fields.text("case")
    fields = Fields(f"{place}, case {shown(name)}", fields.values)
    candidates = tuple(_candidate(each) for each in fields.each("candidates", CANDIDATE))
    named = [candidate.person for candidate in candidates]
    refuse_repeated(named, place=f"{fields.place}, candidates")
    proposal = fields.texts("proposal", needed=True)
    case = Case(
        name=name,
        settings=_settings(fields, common, n_named=len({*named, *proposal})),
        individual=_individual(fields),
        proposal=proposal,
        candidates=candidates,
        evidence=tuple(_evidence(each) for each in fields.each("evidence", EVIDENCE)),
        search=_search(fields.inner("search", ("persons", "current"))),
        people=_people(fields.inner("people", ("recommends", "signs", "board", "second_factor", "dissent"))),
        dossier=_dossier(fields.inner("dossier", ("frozen", "signed"))),
        rest_sum=fields.number_or_none("rest_sum", low=0),
    )
    _refuse_nobody_possible(case, fields.place)
    return case


def _refuse_nobody_possible(case: Case, place: str) -> None:
    """Raises InputError where no posterior exists: nobody on the list is possible, and nobody else either."""
    weighing = Weighing(case)
    try:
        _ = weighing.together, weighing.together_at_lowest, weighing.together_with_circumstances
    except InputError as error:
        raise InputError(place=f"{place}, {error.place}", found=error.found, needed=error.needed) from error


def _settings(fields: Fields, common: Fields, *, n_named: int) -> Settings:
    """The settings of the file, of which a case may have its own list, share and posterior."""
    own = {key: fields if key in fields else common for key in ("list", "share", "posterior")}
    return Settings(
        n_listed=listed_in(own["list"], n_named),
        share=share_in(own["share"]),
        posterior=probability_in(own["posterior"], "posterior", Settings.posterior),
        sensitivity=probability_in(common, "sensitivity", Settings.sensitivity),
        second_sample=common.choice("second_sample", SecondSample.SIGN),
        budget=common.number("budget", Settings.budget, low=0),
        spent=common.number("spent", Settings.spent, low=0),
        slip_rate=common.number("slip_rate", Settings.slip_rate, low=0, high=1),
    )


def _individual(case: Fields) -> Individual:
    keys = ("remains", "human", "consistent", "samples", "profile", "recovered_on")
    fields = case.inner("individual", keys)
    return Individual(
        remains=fields.texts("remains", needed=True),
        human=fields.choice("human", Human.YES),
        consistent=fields.choice("consistent", RemainsAgree.YES),
        n_samples=fields.whole("samples", 2, low=0),
        profile=fields.choice("profile", ProfileState.CURRENT),
        recovered_on=_day(fields, "recovered_on"),
    )


def _search(fields: Fields) -> Search:
    n_persons = None if fields.values.get("persons") is None else fields.whole("persons", low=0)
    return Search(n_persons, fields.flag("current", default=True))


def _candidate(fields: Fields) -> Candidate:
    person = person_in(fields)
    same_as = fields.texts("same_as") if fields.values.get("same_as") is not None else ()
    if person in same_as:
        raise fields.refused("same_as", "other persons than the candidate")
    return Candidate(
        person=person,
        log10_lr=fields.number_or_none("log10_lr"),
        lowest_log10_lr=_lowest(fields),
        weight=weight_in(fields),
        group=fields.text_or_none("group"),
        n_donors=fields.whole("donors", 2, low=0),
        resampled=fields.flag("resampled", default=False),
        references=fields.choice("references", References.AGREE),
        consent=fields.choice("consent", Consent.YES),
        alive=fields.choice("alive", SignOfLife.NO_SIGN),
        last_alive=_day(fields, "last_alive"),
        brothers=fields.choice("brothers", Brothers.NONE),
        decided=_decided(fields),
        same_as=same_as,
    )


def _decided(fields: Fields) -> str | None:
    """The other decision that names the person; true where it is not said which."""
    value = fields.values.get("decided")
    if isinstance(value, bool):
        return "another decision" if value else None
    return fields.text_or_none("decided")


def _lowest(fields: Fields) -> float | None:
    """The lowest ratio: minus infinity for null, which is impossible as everywhere, and None where none is given."""
    if "lowest_log10_lr" not in fields:
        return None
    lowest = fields.number_or_none("lowest_log10_lr")
    return -math.inf if lowest is None else lowest


def _day(fields: Fields, key: str) -> str | None:
    """A day, month or year that can be, or None."""
    text = fields.text_or_none(key)
    if text is None:
        return None
    found = DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    except ValueError as error:
        raise fields.refused(key, "a day, month or year as YYYY-MM-DD, YYYY-MM or YYYY") from error
    return text


def _evidence(fields: Fields) -> Evidence:
    return Evidence(
        kind=fields.chosen("kind", EvidenceKind),
        finding=fields.chosen("finding", Finding),
        person=fields.text_or_none("person"),
        reason=fields.text_or_none("reason"),
        second=fields.text_or_none("second"),
    )


def _people(fields: Fields) -> People:
    dissent = fields.each("dissent", ("by", "text", "answer"))
    return People(
        recommends=fields.text_or_none("recommends"),
        signs=fields.texts("signs", once=False),
        board=fields.texts("board", once=False),
        second_factor=fields.texts("second_factor", once=False),
        dissent=tuple(Dissent(d.text("by"), d.text_or_none("text"), d.text_or_none("answer")) for d in dissent),
    )


def _dossier(fields: Fields) -> Dossier:
    signed = fields.values.get("signed", {})
    if not isinstance(signed, Mapping) or not all(isinstance(item, str | None) for item in signed.values()):
        raise fields.refused("signed", "an object of hashes by signer, null where there is none")
    hashes = {signer: item for signer, item in signed.items() if item is not None}
    return Dossier(fields.text_or_none("frozen"), MappingProxyType(hashes))
