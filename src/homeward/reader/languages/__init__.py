"""What is particular to each language: how its verbs inflect and how its sentences are built."""
