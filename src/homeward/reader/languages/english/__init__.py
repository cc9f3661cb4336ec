"""English: inflection of verbs, noun phrases, predicates and who gives to whom."""
