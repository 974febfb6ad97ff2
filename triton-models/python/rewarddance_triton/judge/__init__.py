"""Judges that answer "yes" or "no": pointwise about an image, pairwise about an image against a reference."""

from .model import YesNoJudge

__all__ = ["YesNoJudge"]
