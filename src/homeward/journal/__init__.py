"""The journal: an append-only, hash-chained log of every action; an export of it verifies without Django."""
