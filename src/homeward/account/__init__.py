"""The account as plain values: the ledger, its reconciliation and balance, and the check of an article against it."""
