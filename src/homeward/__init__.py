"""Homeward: keeps the account of exchanges, and brings each body and each prisoner home."""

__version__ = "0.1.0"
