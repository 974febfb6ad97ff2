"""The gold oracle of the shapes world: which shapes of which colours are where, and does that fit the prompt.

`repository/shapes_oracle/card.md` states the algorithm step by step; numbers come from the version's oracle.json.
Beside it the oracle of videos, and the measure of style: how alike two images are in what the prompt leaves open,
and the critic, which says in words what is wrong.
"""

from .model import CriticModel, OracleModel, StyleModel, VideoOracleModel
from .oracle import Oracle, Verdict

__all__ = ["CriticModel", "Oracle", "OracleModel", "StyleModel", "Verdict", "VideoOracleModel"]
