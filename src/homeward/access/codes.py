"""Codes that name a row for ever and tell nothing about it: what addresses, shares and the journal use."""

import secrets

__all__ = ["code_of"]

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that are mistaken for one another


def code_of(kind: str) -> str:
    """Returns a fresh code such as U-7K3MQ2XW: `kind`, then 40 random bits.

    Random and not counted, because a number would tell how many people an organisation has and which came first.
    """
    return f"{kind}-" + "".join(secrets.choice(_LETTERS) for _ in range(8))
