"""What the rules of identification let through: a simulation whose genetics shares no code with Homeward.

Frequencies are read, genotypes drawn and likelihood ratios computed here, by closed forms; only the verdict on each
case is Homeward's (`board.py`). So an error of the kinship engine cannot hide in both. See
docs/concepts/what-the-rules-let-through.md.
"""
