"""All benchmarks, one after the other; results go to benchmarks/results/ as JSON and Markdown."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    for script, *words in (["speed.py"], ["deep.py"], ["detectors.py", "--large"], ["pipeline.py"], ["large.py"], ["thresholds.py"], ["default.py"], ["criteria.py"]):
        print(f"\n== {script}", flush=True)
        subprocess.run([sys.executable, str(HERE / script), *words], check=True, cwd=HERE)
