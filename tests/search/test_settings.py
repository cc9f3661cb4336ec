"""The settings file: strict, recorded with a hash, and the command line goes before it."""

import tomllib
from pathlib import Path

import pytest

from homeward.errors import InputError
from homeward.search.settings import KEYS, KinshipSettings, Population, read_settings

WHOLE = """
theta = 0.02
note = "agreed by the board"

[frequencies]
table = "strider2015"
population = "Poland"
minimum_frequency = 0.002

[mutation]
published = "southern-poland-2013"
source = "our own validation"
markers.SE33 = {male = 0.006, female = 0.001}

[reading]
drop_out_medium = 0.25

[prior]
share = 0.8

[search]
min_log10_lr = 5

[sensitivity]
populations = [{table = "strider2015", population = "Slovakia"}, {table = "own.csv"}]
theta = [0.0, 0.05]
mutation = [0.5, 4]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_read_settings__takes_every_section(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("population,locus,allele,frequency,n_alleles_sampled\nP,TH01,6,1,200\n")
    found = read_settings(written(tmp_path, WHOLE))
    assert found.theta == 0.02
    assert found.frequencies.of == Population("strider2015", "Poland")
    assert found.frequencies.minimum == 0.002
    assert found.mutation.repeats.male == 0.0019
    assert found.mutation.of("ACTBP2").male == 0.006
    assert found.reading.rates.medium == 0.25
    assert (found.share, found.min_log10_lr) == (0.8, 5.0)
    assert found.sensitivity.populations[1].read().population == "P"
    assert found.sensitivity.theta == (0.0, 0.05)
    assert found.sensitivity.minimum_frequency == (0.5, 2.0)


def test_read_settings__without_a_file_are_the_defaults() -> None:
    assert read_settings(None) == KinshipSettings()
    assert KinshipSettings().theta == 0.01


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Theta = 0.01", 'the unknown key "Theta".*did you mean theta'),
        ("[frequencys]", "did you mean frequencies"),
        ("[mutation]\nmael = 0.1", "did you mean male"),
        ("[mutation]\nmale = 0.001", "where the rates of your own come from"),
        ('[mutation]\npublished = "sao-paolo-2019"', "did you mean sao-paulo-2019"),
        ('[mutation]\nsource = "x"\nmarkers.SE33 = {male = 0.5, female = 0.1}', "SE33.*a probability"),
        ('[mutation]\nsource = "x"\nmarkers.SE33 = {male = 0.005}', "SE33, female: found nothing"),
        ("theta = 1.5", "theta: found 1.5"),
        ("theta = true", "a number"),
        ("[frequencies]\nminimum_frequency = 0.6", "below 0.5"),
        ('[frequencies]\npopulation = "Poland"', "table: found nothing"),
        ("[reading]\ndrop_out_low = 0.9", "three rising probabilities"),
        ("[prior]\nshare = 0", "above 0"),
        ("[sensitivity]\ntheta = [0.03, 0.0]", "two rising numbers"),
        ("[sensitivity]\nmutation = [2, 4]", "a factor up to 1"),
        ("[sensitivity]\npopulations = [3]", "populations 1"),
        ("theta = ", "no TOML"),
    ],
)
def test_read_settings__says_which_key_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as problem:
        read_settings(written(tmp_path, text))
    assert problem.value.place.startswith("settings.toml")


def test_read_settings__says_that_a_file_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a TOML file"):
        read_settings(tmp_path / "none.toml")


def test_with_options__go_before_the_file(tmp_path: Path) -> None:
    found = read_settings(written(tmp_path, WHOLE)).with_options(theta=0.0, frequencies="nist1036", share=0.1)
    assert (found.theta, found.share, found.min_log10_lr) == (0.0, 0.1, 5.0)
    assert found.frequencies.of == Population("nist1036")
    other = read_settings(written(tmp_path, WHOLE)).with_options(population="Finland")
    assert other.frequencies.of == Population("strider2015", "Finland")


def test_table__asks_for_frequencies_that_nobody_named() -> None:
    with pytest.raises(InputError, match="a table, here or in the settings"):
        KinshipSettings().table()


def test_hash__tells_settings_apart_and_not_their_notes(tmp_path: Path) -> None:
    one = read_settings(written(tmp_path, WHOLE))
    same = read_settings(written(tmp_path, WHOLE.replace("agreed by the board", "agreed")))
    other = read_settings(written(tmp_path, WHOLE.replace("male = 0.006", "male = 0.007")))
    assert one.hash == same.hash != other.hash
    assert len(one.hash) == 16


PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "kinship-settings.md"


def test_the_page__shows_every_key_with_its_default(tmp_path: Path) -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = lines.index(next(line for line in lines if line.startswith("    theta = 0.01")))
    end = next(i for i in range(start, len(lines)) if lines[i] and not lines[i].startswith("    "))
    path = written(tmp_path, "\n".join(line.removeprefix("    ") for line in lines[start:end]))
    shown = tomllib.loads(path.read_text(encoding="utf-8"))
    found, default = read_settings(path).as_json(), KinshipSettings().as_json()
    for section, keys in KEYS.items():
        assert set(keys) - {"drop_out_none"} <= set(shown[section])
    for same in ("theta", "reading", "sex_markers", "prior", "search"):
        assert found[same] == default[same]
    settings = read_settings(path)
    assert settings.mutation.repeats == KinshipSettings().mutation.repeats
    assert settings.sensitivity.theta == KinshipSettings().sensitivity.theta
    assert settings.sensitivity.mutation == KinshipSettings().sensitivity.mutation
