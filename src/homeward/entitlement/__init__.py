"""Terms of an agreement, evaluated for one person on one day: yes, no or unknown, with the reason. Plain Python."""
