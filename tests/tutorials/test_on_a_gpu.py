"""The tutorial on cards is stored clean, installs what it needs, and says so where there is no card."""

from pathlib import Path

import nbformat
import papermill

NOTEBOOK = Path(__file__).resolve().parents[2] / "tutorials" / "06_on_a_gpu.ipynb"


def test_it_is_stored_clean_and_can_take_parameters():
    notebook = nbformat.read(NOTEBOOK, 4)
    assert not [cell for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")]
    assert papermill.inspect_notebook(str(NOTEBOOK)).keys() == {"rows"}
    settings = (NOTEBOOK.parents[1] / "settings.ini").read_text(encoding="utf-8")
    address = next(line.split("=")[1].strip() for line in settings.splitlines() if line.startswith("repository"))
    assert f"jupyter-pynomaly[torch] @ git+{address}" in NOTEBOOK.read_text(encoding="utf-8")


def test_it_says_where_it_computes(tmp_path):
    import torch

    done = papermill.execute_notebook(NOTEBOOK, tmp_path / "run.ipynb", {"rows": 1000}, cwd=str(NOTEBOOK.parent), kernel_name="python3", progress_bar=False)
    said = "".join(output.get("text", "") for cell in done.cells for output in cell.get("outputs", []))
    assert ("Computing on" if torch.cuda.is_available() else "There is no CUDA card here") in said
    assert "of the 20 strays are among the 20 highest scores of the autoencoder" in said
