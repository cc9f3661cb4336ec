"""What must hold for every Ukrainian and Russian text: it is read without failing, and quotes what stands there."""

from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.reader import Document, read

WORDS = """
    Росія Україна Україні Росії Київ Москві РФ передала повернула отримали звільнено обмінялися тіл тіла 1000 38
    двоє п'ять по з від до в на кожної сторони якщо б не нібито які яких що , . ; : « » ( ) – ? обмін полоненими
    захисників российских военных вернула Украине обменяли если бы усіх жодного стільки ж Лубінець заявив
    2 жовтня 2025 року у четвер 70 - й 25 % тис млн сотні і та а але додому з полону наші ми свої
""".split()  # noqa: SIM905
texts = st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join) | st.text(
    alphabet="абвіїєґ 0123«».,-–", max_size=200
)


@settings(max_examples=300, deadline=None)
@given(texts, st.sampled_from(["uk", "ru"]))
def test_read__never_fails_and_quotes_what_stands_there(body: str, language: str) -> None:
    reading = read(Document(body=body, published="2026-01-30", language=language))
    for claim in reading.claims:
        assert body[claim.span.start : claim.span.end] == claim.span.text
        assert claim.giver is None or claim.giver != claim.receiver
    for figure in reading.figures:
        assert body[figure.span.start : figure.span.end] == figure.span.text
