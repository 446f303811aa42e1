"""The detector contract, the registry, our detectors, and adapters to PyOD and scikit-learn.

The room bears the name of a public function, ``pynomaly.detectors()``, and Python keeps a room under its name in the package as soon as
something is imported from it. So the room can be called, and does what the function does.
"""

import sys
from types import ModuleType
from typing import Any


class _Room(ModuleType):
    """A package that can be called like the function of its name."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from pynomaly.detectors.registry import detectors

        return detectors(*args, **kwargs)


sys.modules[__name__].__class__ = _Room
