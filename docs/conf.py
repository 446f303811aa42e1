"""How the documentation looks; `docs/build.py` puts this beside the pages it has gathered."""

from importlib.metadata import version as installed

project = "Pynomaly"
author = copyright = "The Pynomaly developers"
version = release = installed("jupyter-pynomaly")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["README.md"]  # index.md includes it
html_theme = "furo"
html_title = f"Pynomaly {version}"
html_extra_path = ["extra"]
html_copy_source = html_show_sourcelink = html_show_copyright = False

nb_execution_mode = "off"  # notebooks are run by the tests
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the types are in the docstrings, with their shapes
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True
suppress_warnings = ["ref.python"]  # numba's kernels and torch's have the same names, and a type "table" is any of several


def skip(app, what, name, obj, skipped, options):
    """Leave out what no notebook wrote: scikit-learn's routing methods and the fields of named tuples, which the docstring describes."""
    inherited = name.startswith("set_") and name.endswith("_request")
    return skipped or inherited or str(getattr(obj, "__doc__", "")).startswith("Alias for field number")


def setup(app):
    """Called by Sphinx."""
    app.connect("autodoc-skip-member", skip)
