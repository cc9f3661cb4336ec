"""Every result carries its origin."""

from homeward import __version__
from homeward.provenance import Provenance


def test_provenance__carries_the_version_and_the_parameters() -> None:
    origin = Provenance("search", parameters={"seed": 7, "population": "Caucasian"})
    assert origin.as_json() == {
        "made_by": "search",
        "version": __version__,
        "parameters": {"seed": 7, "population": "Caucasian"},
    }
