"""Cells of a file that somebody made, read one by one, with every problem told by its place."""
