"""The gold oracle of the shapes world: which shapes of which colours are where, and does that fit the prompt.

`repository/shapes_oracle/card.md` states the algorithm step by step; numbers come from the version's oracle.json.
"""

from .model import OracleModel
from .oracle import Oracle, Verdict

__all__ = ["Oracle", "OracleModel", "Verdict"]
