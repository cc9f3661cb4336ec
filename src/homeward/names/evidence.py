"""Evidence beside the name that adds to its weight: birth date, service number, place, unit."""

from homeward.errors import InputError


def read_birth_date(text: str, *, place: str) -> str:
    raise InputError(place=place, found=text, needed="x")
