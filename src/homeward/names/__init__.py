"""Names across scripts: parsing, transliteration, comparison with likelihood ratios, and list against register.

Plain Python without Django. `compare(left, right)` answers for two spellings; `matching.match_lists` for two lists.
"""

from homeward.names.comparison import Comparison, PartComparison, compare
from homeward.names.parsing import ParsedName, parse_name
from homeward.names.relations import Relation, Verdict

__all__ = ["Comparison", "ParsedName", "PartComparison", "Relation", "Verdict", "compare", "parse_name"]
