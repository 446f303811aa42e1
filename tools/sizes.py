"""What an installation weighs and how long the package takes to import: the base, and what each extra adds.

    python tools/sizes.py

Reads what is installed in this environment: the files that each distribution recorded, following its requirements.
"""

import statistics
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement

NAME = "jupyter-pynomaly"


def needs(name: str, extra: str = "", seen: set[str] | None = None) -> set[str]:
    """Names of all distributions that one needs, itself included; those that are not installed are left out."""
    seen = set() if seen is None else seen
    key = name.lower().replace("_", "-")
    if key in seen and not extra:
        return seen
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return seen
    seen.add(key)
    for line in found.requires or []:
        one = Requirement(line)
        if one.marker is None or one.marker.evaluate({"extra": extra}):
            for part in one.extras or [""]:
                needs(one.name, part, seen)
    return seen


def megabytes(names: set[str]) -> float:
    """Size of their files on disk."""
    files = {file.locate() for name in names for file in distribution(name).files or [] if "__pycache__" not in str(file)}
    return sum(file.stat().st_size for file in files if file.exists()) / 1e6


def importing(rounds: int = 7) -> float:
    """Milliseconds of ``import pynomaly`` in a fresh process, median."""
    code = "import time; start = time.perf_counter(); import pynomaly; print(1000 * (time.perf_counter() - start))"
    return statistics.median(float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout) for _ in range(rounds))


if __name__ == "__main__":
    base = needs(NAME)
    print(f"| what | packages | MB on disk |\n|---|---|---|\n| base | {len(base)} | {megabytes(base):,.0f} |")
    extras = [line for line in distribution(NAME).metadata.get_all("Provides-Extra") or [] if line not in ("all", "dev")]
    for extra in sorted(extras):
        more = needs(NAME, extra) - base
        print(f"| {extra} adds | {len(more)} | {megabytes(more):,.0f} |")
    print(f"\n`import pynomaly`: {importing():.1f} ms")
