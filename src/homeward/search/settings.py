"""The settings of a laboratory for all kinship commands: one TOML file, strict, recorded with a hash in each result.

What the command line says goes before what the file says, and that before the defaults. See
docs/reference/kinship-settings.md.
"""

import hashlib
import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from homeward.errors import InputError
from homeward.genetics.frequencies import FrequencyTable, PublishedTable, load_frequencies, published_frequencies
from homeward.genetics.json_text import refuse_unknown_keys, short
from homeward.genetics.mutation_rates import DEFAULT_MUTATION_RATES, MutationRates, SexRates, published_rates
from homeward.genetics.sex_markers import DEFAULT_SEX_MODEL, SexModel
from homeward.likelihood.dropout import DropOutRates
from homeward.likelihood.reading_model import DEFAULT_READING_MODEL, Conditions, ReadingModel

__all__ = [
    "DEFAULT_THETA",
    "KEYS",
    "FrequencyPolicy",
    "KinshipSettings",
    "Population",
    "Sensitivity",
    "read_settings",
]

DEFAULT_THETA = 0.01
MOST_THETA = 0.5

Section = Mapping[str, Any]


@dataclass(frozen=True)
class Population:
    """One population of a frequency table: a published one by its name, or a file."""

    table: str
    population: str | None = None

    def read(self) -> FrequencyTable:
        """Returns the frequencies; raises InputError where there are none."""
        published = {Path(table.value).stem: table for table in PublishedTable}
        if not Path(self.table).exists() and self.table in published:
            return published_frequencies(published[self.table], self.population)
        return load_frequencies(Path(self.table), self.population)

    def as_json(self) -> dict[str, object]:
        """Returns the table as a result records it: a file by its name and a hash of what stands in it."""
        path = Path(self.table)
        found: dict[str, object] = {"table": path.name, "population": self.population}
        if path.is_file():
            found["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        return found

    @property
    def name(self) -> str:
        """The population as a result tells it."""
        return Path(self.table).stem + (f" {self.population}" if self.population else "")


@dataclass(frozen=True)
class FrequencyPolicy:
    """Whose frequencies are used, and below what no allele is believed."""

    of: Population | None = None
    minimum: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.minimum < 0.5:
            raise InputError(place="minimum frequency", found=f"{self.minimum:g}", needed="from 0, below 0.5")


@dataclass(frozen=True)
class Sensitivity:
    """What is varied, one thing at a time, to say between which figures a ratio lies.

    ``populations`` are those that are relevant to the case; ``theta`` is a range; ``mutation`` and
    ``minimum_frequency`` are factors.
    """

    populations: tuple[Population, ...] = ()
    theta: tuple[float, float] = (0.0, 0.03)
    mutation: tuple[float, float] = (0.5, 2.0)
    minimum_frequency: tuple[float, float] = (0.5, 2.0)

    def __post_init__(self) -> None:
        if not 0 <= self.theta[0] <= self.theta[1] < MOST_THETA:
            found = f"{self.theta[0]:g} to {self.theta[1]:g}"
            raise InputError(place="sensitivity, theta", found=found, needed=f"two rising numbers below {MOST_THETA:g}")
        for name, (low, high) in (("mutation", self.mutation), ("minimum_frequency", self.minimum_frequency)):
            if not 0 < low <= 1 <= high <= 10:
                needed = "a factor up to 1 and one from 1 to 10"
                raise InputError(place=f"sensitivity, {name}", found=f"{low:g}, {high:g}", needed=needed)


@dataclass(frozen=True)
class KinshipSettings:
    """Everything that a laboratory settles once.

    ``stated`` names what the file itself speaks of, for commands whose own file may say something else.
    """

    frequencies: FrequencyPolicy = field(default_factory=FrequencyPolicy)
    theta: float = DEFAULT_THETA
    mutation: MutationRates = DEFAULT_MUTATION_RATES
    reading: ReadingModel = DEFAULT_READING_MODEL
    sex_markers: SexModel = DEFAULT_SEX_MODEL
    share: float = 0.5
    min_log10_lr: float = 4.0
    sensitivity: Sensitivity = field(default_factory=Sensitivity)
    stated: frozenset[str] = field(default=frozenset(), compare=False)

    def __post_init__(self) -> None:
        if not 0 <= self.theta < MOST_THETA:
            raise InputError(place="theta", found=f"{self.theta:g}", needed=f"a number from 0, below {MOST_THETA:g}")
        if not 0 < self.share <= 1:
            raise InputError(place="share", found=f"{self.share:g}", needed="a number above 0, at most 1")
        if not math.isfinite(self.min_log10_lr):
            raise InputError(place="min_log10_lr", found=str(self.min_log10_lr), needed="a number")

    def with_options(
        self,
        *,
        frequencies: str | None = None,
        population: str | None = None,
        minimum_frequency: float | None = None,
        theta: float | None = None,
        share: float | None = None,
        min_log10_lr: float | None = None,
    ) -> "KinshipSettings":
        """Returns the settings with what the command line says in place of what the file says.

        Another table means another population too: the file's population belongs to the file's table.
        """
        of = self.frequencies.of
        if frequencies is not None:
            of = Population(frequencies, population)
        elif population is not None and of is not None:
            of = replace(of, population=population)
        minimum = self.frequencies.minimum if minimum_frequency is None else minimum_frequency
        return replace(
            self,
            frequencies=FrequencyPolicy(of, minimum),
            theta=self.theta if theta is None else theta,
            share=self.share if share is None else share,
            min_log10_lr=self.min_log10_lr if min_log10_lr is None else min_log10_lr,
        )

    def table(self) -> FrequencyTable:
        """Returns the frequencies; raises InputError where neither the file nor the command line names them."""
        if self.frequencies.of is None:
            raise InputError(
                place="--frequencies", found="nothing", needed="a table, here or in the settings under [frequencies]"
            )
        return self.frequencies.of.read()

    def as_json(self) -> dict[str, object]:
        """Returns the settings as a JSON object: what is hashed, and what a result records."""
        of, varied = self.frequencies.of, self.sensitivity
        return {
            "frequencies": {
                **(of.as_json() if of else {"table": None, "population": None}),
                "minimum_frequency": self.frequencies.minimum,
            },
            "theta": self.theta,
            "mutation": self.mutation.as_json(),
            "reading": self.reading.as_json(),
            "sex_markers": asdict(self.sex_markers),
            "prior": {"share": self.share},
            "search": {"min_log10_lr": self.min_log10_lr},
            "sensitivity": {
                "populations": [each.as_json() for each in varied.populations],
                "theta": list(varied.theta),
                "mutation": list(varied.mutation),
                "minimum_frequency": list(varied.minimum_frequency),
            },
        }

    @property
    def hash(self) -> str:
        """The first 16 digits of the SHA-256 of the settings as sorted JSON; results with one hash were made alike."""
        text = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


READING_KEYS = tuple(DEFAULT_READING_MODEL.as_json())
MUTATION_KEYS = ("published", "male", "female", "microvariant", "range", "snp", "source", "markers")
KEYS: Mapping[str, tuple[str, ...]] = {
    "frequencies": ("table", "population", "minimum_frequency"),
    "mutation": MUTATION_KEYS,
    "reading": READING_KEYS,
    "sex_markers": tuple(asdict(DEFAULT_SEX_MODEL)),
    "prior": ("share",),
    "search": ("min_log10_lr",),
    "sensitivity": ("populations", "theta", "mutation", "minimum_frequency"),
}


def read_settings(path: Path | None) -> KinshipSettings:
    """Returns the settings of a file, or the defaults; raises InputError with file and key for what is not understood.

    Frequency files that the settings name lie beside them.
    """
    if path is None:
        return KinshipSettings()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(place=str(path), found="no text that can be read", needed="a TOML file") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(place=path.name, found=f"no TOML ({error})", needed="a TOML file") from error
    try:
        return _settings(data, path.parent)
    except InputError as problem:
        raise InputError(place=f"{path.name}, {problem.place}", found=problem.found, needed=problem.needed) from problem


def _settings(data: Section, folder: Path) -> KinshipSettings:
    refuse_unknown_keys(data, (*KEYS, "theta", "note"), place="settings")
    sections = {name: _section(data.get(name, {}), name, KEYS[name]) for name in KEYS}
    given = sections["frequencies"]
    policy = FrequencyPolicy(
        _population(given, "frequencies", folder) if "table" in given or "population" in given else None,
        _number(given, "minimum_frequency", "frequencies", default=0.0),
    )
    sex_markers = {
        key: _number(sections["sex_markers"], key, "sex_markers", default=None) for key in sections["sex_markers"]
    }
    return KinshipSettings(
        frequencies=policy,
        theta=_number(data, "theta", "settings", default=DEFAULT_THETA),
        mutation=_mutation(sections["mutation"]),
        reading=_reading(sections["reading"]),
        sex_markers=replace(DEFAULT_SEX_MODEL, **sex_markers),
        share=_number(sections["prior"], "share", "prior", default=0.5),
        min_log10_lr=_number(sections["search"], "min_log10_lr", "search", default=4.0),
        sensitivity=_sensitivity(sections["sensitivity"], folder),
        stated=frozenset(data),
    )


def _reading(data: Section) -> ReadingModel:
    """The reading model, by the names under which a result states it."""
    given: dict[str, Any] = DEFAULT_READING_MODEL.as_json() | {
        key: data[key] if key == "drop_out_is_derived" else _number(data, key, "reading", default=None) for key in data
    }
    if not isinstance(given["drop_out_is_derived"], bool):
        found = short(given["drop_out_is_derived"])
        raise InputError(place="reading, drop_out_is_derived", found=found, needed="true or false")
    if given["drop_out_none"] != 0:
        found = short(given["drop_out_none"])
        raise InputError(place="reading, drop_out_none", found=found, needed="0, which is what the class means")
    return ReadingModel(
        rates=DropOutRates(given["drop_out_low"], given["drop_out_medium"], given["drop_out_high"]),
        drop_in_stated=given["drop_in_stated"],
        drop_in_derived=given["drop_in_derived"],
        error=given["error"],
        derive=given["drop_out_is_derived"],
        relatives=Conditions(given["relatives_drop_out"], given["relatives_drop_in"], given["relatives_error"]),
    )


def _section(value: object, name: str, known: tuple[str, ...]) -> Section:
    if not isinstance(value, Mapping):
        raise InputError(place=name, found=short(value), needed=f"a section [{name}]")
    refuse_unknown_keys(value, known, place=f"[{name}]")
    return value


def _number(data: Section, key: str, place: str, *, default: float | None) -> float:
    value = data.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError(place=f"{place}, {key}", found=short(value), needed="a number")
    return float(value)


def _text(data: Section, key: str, place: str) -> str | None:
    value = data.get(key)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise InputError(place=f"{place}, {key}", found=short(value), needed="a text")
    return value


def _population(data: object, place: str, folder: Path) -> Population:
    if not isinstance(data, Mapping):
        raise InputError(place=place, found=short(data), needed='{table = "strider2015", population = "Poland"}')
    table = _text(data, "table", place)
    if table is None:
        raise InputError(place=f"{place}, table", found="nothing", needed="a published table or a file")
    # A file beside the settings goes before a published table of the same name, as on the command line.
    beside = folder / table
    return Population(str(beside) if beside.is_file() else table, _text(data, "population", place))


def _mutation(data: Section) -> MutationRates:
    name = _text(data, "published", "mutation")
    base = DEFAULT_MUTATION_RATES if name is None else published_rates(name)
    own = any(key in data for key in ("male", "female", "microvariant", "range", "snp", "markers"))
    if own and "source" not in data:
        raise InputError(place="mutation, source", found="nothing", needed="where the rates of your own come from")
    markers = data.get("markers", {})
    if not isinstance(markers, Mapping):
        raise InputError(place="mutation, markers", found=short(markers), needed="a section for each marker")
    return MutationRates(
        repeats=_sexes(data, "mutation", default=base.repeats),
        microvariant=_number(data, "microvariant", "mutation", default=base.microvariant),
        range=_number(data, "range", "mutation", default=base.range),
        snp=_number(data, "snp", "mutation", default=base.snp),
        source=_text(data, "source", "mutation") or base.source,
        by_marker={marker: _of_marker(value, f"mutation, markers, {marker}") for marker, value in markers.items()},
    )


def _of_marker(data: object, place: str) -> SexRates:
    if not isinstance(data, Mapping):
        raise InputError(place=place, found=short(data), needed="{male = 0.002, female = 0.0005}")
    refuse_unknown_keys(data, ("male", "female"), place=place)
    return _sexes(data, place, default=None)


def _sexes(data: Section, place: str, *, default: SexRates | None) -> SexRates:
    try:
        return SexRates(
            _number(data, "male", place, default=default.male if default else None),
            _number(data, "female", place, default=default.female if default else None),
        )
    except InputError as problem:
        where = problem.place if problem.place.startswith(place) else f"{place}: {problem.place}"
        raise InputError(place=where, found=problem.found, needed=problem.needed) from problem


def _sensitivity(data: Section, folder: Path) -> Sensitivity:
    populations = data.get("populations", [])
    if not isinstance(populations, list):
        raise InputError(place="sensitivity, populations", found=short(populations), needed="a list of populations")
    read = []
    for number, each in enumerate(populations, start=1):
        place = f"sensitivity, populations {number}"
        if isinstance(each, Mapping):
            refuse_unknown_keys(each, ("table", "population"), place=place)
        read.append(_population(each, place, folder))
    default = Sensitivity()
    return Sensitivity(
        populations=tuple(read),
        theta=_two(data, "theta", default.theta),
        mutation=_two(data, "mutation", default.mutation),
        minimum_frequency=_two(data, "minimum_frequency", default.minimum_frequency),
    )


def _two(data: Section, key: str, default: tuple[float, float]) -> tuple[float, float]:
    value = data.get(key, list(default))
    if not isinstance(value, list) or len(value) != 2:
        raise InputError(place=f"sensitivity, {key}", found=short(value), needed="a list of two numbers")
    first, second = (_number({key: each}, key, "sensitivity", default=None) for each in value)
    return first, second
