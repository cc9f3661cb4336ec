"""Spellings of marker names."""

from homeward.genetics.names import marker_key


def test_marker_key__is_the_same_for_all_spellings() -> None:
    assert len({marker_key(name) for name in ("Penta E", "PENTA_E", "penta-e", "PentaE")}) == 1
    assert marker_key("vWA") == marker_key("VWA") != marker_key("FGA")
