"""The laboratory: what was read from samples, and what several readings of one sample say together."""
