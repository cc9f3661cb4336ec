"""The name alone, in every way in which it can be told from what stands beside it."""

from homeward.names.bare_names import bare_names


def texts(text: str) -> list[str]:
    return [one.text for one in bare_names(text)]


def test_bare_names__reads_a_doubtful_rank_both_ways_and_says_so() -> None:
    assert texts("Майор Коваль") == ["Коваль", "Майор, Коваль"]
    assert all("Майор may be" in one.doubt for one in bare_names("Майор Коваль"))


def test_bare_names__has_no_doubt_in_a_plain_name() -> None:
    assert [(one.text, one.doubt) for one in bare_names("ст. сержант Коваль Іван мол.")] == [("Коваль Іван", "")]


def test_bare_names__takes_all_words_of_a_call_sign_behind_the_name_and_one_before_it() -> None:
    assert texts("Коваль Іван, позивний Сірий Вовк") == ["Коваль Іван"]
    assert texts("позивний Грек Коваль Іван") == ["Коваль Іван"]
    assert texts("Коваль Іван позивний Грек Петрович") == ["Коваль Іван Петрович"]


def test_bare_names__keeps_a_shortened_patronymic_that_looks_like_a_suffix() -> None:
    assert texts("Коваль Іван Ст.") == ["Коваль Іван Ст."]
    assert texts("Коваль Іван Петрович Ст.") == ["Коваль Іван Петрович"]
