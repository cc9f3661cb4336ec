"""Custody: what was handed over, what arrived, where it is, and how many people it is at least."""
