"""The law of identification as pure functions: posteriors, rules, the account of an exchange, recall.

Nothing here knows Django or a database: the same functions answer the commands, the site and the tests.
"""
