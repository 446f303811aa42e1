"""Find anomalies in a table inside a notebook: see them, question them, act on them.

>>> import pynomaly as pyn
>>> found = pyn.detect(pyn.sample())   # or a file, a pandas, polars or arrow table, an array
>>> found                              # in a notebook: the explorer  # doctest: +SKIP

Importing this package is cheap: each name below brings its module with it when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pynomaly.viewer import use_viewer

if TYPE_CHECKING:
    from pynomaly.comparisons.compare import compare as compare
    from pynomaly.comparisons.comparison import Comparison as Comparison
    from pynomaly.comparisons.tune import tune as tune
    from pynomaly.dashboards.app import dashboard as dashboard
    from pynomaly.detection.detect import detect as detect
    from pynomaly.detection.detection import Detection as Detection
    from pynomaly.detectors.base import Detector as Detector
    from pynomaly.detectors.card import Card as Card
    from pynomaly.detectors.registry import card as card
    from pynomaly.detectors.registry import detector as detector
    from pynomaly.detectors.registry import detectors as detectors
    from pynomaly.detectors.registry import register as register
    from pynomaly.ensembles.ensemble import Ensemble as Ensemble
    from pynomaly.errors import PynomalyError as PynomalyError
    from pynomaly.explain.explanation import Explanation as Explanation
    from pynomaly.session import options as options
    from pynomaly.reports.report import report as report
    from pynomaly.tables.read import read as read
    from pynomaly.tables.sample import sample as sample

__version__ = "0.1.0"

_HOME = {
    "Card": "detectors.card",
    "Comparison": "comparisons.comparison",
    "Detection": "detection.detection",
    "Detector": "detectors.base",
    "Ensemble": "ensembles.ensemble",
    "Explanation": "explain.explanation",
    "PynomalyError": "errors",
    "card": "detectors.registry",
    "compare": "comparisons.compare",
    "dashboard": "dashboards.app",
    "detect": "detection.detect",
    "detector": "detectors.registry",
    "detectors": "detectors.registry",
    "options": "session",
    "read": "tables.read",
    "register": "detectors.registry",
    "report": "reports.report",
    "sample": "tables.sample",
    "tune": "comparisons.tune",
}

__all__ = [
    "Card",
    "Comparison",
    "Detection",
    "Detector",
    "Ensemble",
    "Explanation",
    "PynomalyError",
    "card",
    "compare",
    "dashboard",
    "detect",
    "detector",
    "detectors",
    "options",
    "read",
    "register",
    "report",
    "sample",
    "tune",
]

use_viewer("pynomaly.views.show")


def __getattr__(name: str) -> Any:
    """Import the module that holds a public name when the name is first used."""
    if name not in _HOME:
        raise AttributeError(f"module 'pynomaly' has no attribute {name!r}")
    value = getattr(import_module(f"pynomaly.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])
