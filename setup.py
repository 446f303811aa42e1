"""Build the distribution from settings.ini, the one source of its metadata."""

from configparser import ConfigParser
from pathlib import Path

from setuptools import find_packages, setup

HERE = Path(__file__).parent


def lines(text):
    """The non-empty lines of a settings value."""
    return [line.strip() for line in text.splitlines() if line.strip()]


ini = ConfigParser(delimiters=["="])
ini.read(HERE / "settings.ini", encoding="utf-8")
cfg = ini["DEFAULT"]

extras = {key.removesuffix("_requirements"): lines(value) for key, value in cfg.items() if key.endswith("_requirements")}
extras["all"] = sorted({need for extra in extras if extra != "dev" for need in extras[extra]})

setup(
    name=cfg["lib_name"],
    version=cfg["version"],
    description=cfg["description"],
    long_description=(HERE / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license=cfg["license"],
    author=cfg["author"],
    keywords=cfg["keywords"].split(),
    url=cfg["repository"],
    python_requires=f">={cfg['min_python']}",
    packages=find_packages(include=[f"{cfg['import_name']}*"]),
    package_data={cfg["import_name"]: ["py.typed", "**/*.js", "**/*.css", "**/*.csv", "**/*.html", "**/*.ipynb"]},
    install_requires=lines(cfg["requirements"]),
    extras_require=extras,
    entry_points={
        "console_scripts": ["pynomaly = pynomaly.cli.app:main"],
        "nbdev": [f"{cfg['import_name']} = {cfg['import_name']}._modidx:d"],
    },
    classifiers=[
        "Development Status :: 3 - Alpha",
        "Framework :: Jupyter",
        "Intended Audience :: Science/Research",
        "Programming Language :: Python :: 3",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
        "Programming Language :: Python :: 3.13",
        "Topic :: Scientific/Engineering",
    ],
)
