"""The day of publication that a document gives."""

import pytest

from homeward.errors import InputError
from homeward.reader import Document


@pytest.mark.parametrize("published", ["2026-01-30", "2026-01", "2026", "1812-06-24", "2024-02-29"])
def test_document__takes_a_day_a_month_or_a_year(published: str) -> None:
    assert Document(body="", published=published).published == published


@pytest.mark.parametrize("published", ["2026-13-45", "0000", "9999-12-31", "2026-02-30", "30.01.2026", "2026-1-3", ""])
def test_document__refuses_what_is_no_day_of_publication(published: str) -> None:
    with pytest.raises(InputError, match="publication date"):
        Document(body="", published=published)
