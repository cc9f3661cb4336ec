"""What Ukrainian and Russian share: forms of words, noun phrases, clauses, who gives to whom by case."""
