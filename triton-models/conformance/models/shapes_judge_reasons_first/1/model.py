"""Entry for Triton's Python backend; what the model does lies in the package that all models share."""

import sys
from pathlib import Path

_beside_repository = Path(__file__).resolve().parents[3] / "python"
if _beside_repository.is_dir():  # else the package is installed
    sys.path.insert(0, str(_beside_repository))

from rewarddance_triton.serving import TritonPythonModel  # noqa: E402

__all__ = ["TritonPythonModel"]
