# Two commands for everybody:  make demo   make test
# For those who work on it:    make dev notebooks docs types lint frontend bench

PYTHON ?= python3
VENV   := .venv
BIN    := $(CURDIR)/$(VENV)/bin
# Everything that tools like to keep in a home folder stays inside the checkout.
INSIDE := HOME=$(CURDIR)/$(VENV)/home XDG_CACHE_HOME=$(CURDIR)/$(VENV)/home/.cache \
          JUPYTER_PLATFORM_DIRS=1 PYTHONWARNINGS=ignore::ResourceWarning
PIP    := $(BIN)/python -m pip --disable-pip-version-check --cache-dir $(CURDIR)/$(VENV)/cache
DATA   := pynomaly/data/expenses.csv
META   := settings.ini setup.py pyproject.toml constraints.txt

.PHONY: help demo test dev notebooks pytest docs types lint frontend bench clean

help:
	@sed -n '1,2p' Makefile

$(BIN)/python:
	@echo "Making a virtual environment in $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Pynomaly needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "This Python cannot make virtual environments. On Debian: apt install python3-venv"; exit 1; }
	@mkdir -p $(VENV)/home

$(VENV)/demo.done: $(BIN)/python $(META)
	@echo "Installing Pynomaly and JupyterLab, exact versions from constraints.txt (a minute or two the first time) …"
	@$(PIP) install --quiet --constraint constraints.txt --config-settings editable_mode=compat --editable '.[lab]'
	@touch $@

$(VENV)/dev.done: $(BIN)/python $(META)
	@echo "Installing Pynomaly with everything its tests need, exact versions from constraints.txt …"
	@$(PIP) install --quiet --constraint constraints.txt --config-settings editable_mode=compat --editable '.[all,dev]'
	@touch $@ $(VENV)/demo.done

demo: $(VENV)/demo.done
	@echo "Looking for anomalies in $(DATA) …"
	@mkdir -p out
	@$(INSIDE) $(BIN)/pynomaly detect $(DATA) --contamination 0.01 --report out/report.html --output out/scores.parquet
	@echo
	@echo "The report:     $(CURDIR)/out/report.html   (open it in a browser; no network needed)"
	@echo "The notebook:   $(VENV)/bin/jupyter lab tutorials/01_first_look.ipynb"
	@echo "The dashboard:  $(VENV)/bin/pynomaly serve $(DATA)"

dev: $(VENV)/dev.done

test: $(VENV)/dev.done
	@$(INSIDE) PATH="$(BIN):$$PATH" bash tests/run

notebooks: $(VENV)/dev.done
	@echo "Generating the package from its notebooks …"
	@PATH="$(BIN):$$PATH" nbdev-export && PATH="$(BIN):$$PATH" nbdev-clean && PATH="$(BIN):$$PATH" nbdev-clean --fname tutorials

docs: $(VENV)/dev.done
	@$(INSIDE) $(BIN)/python docs/build.py

types: $(VENV)/dev.done
	@$(BIN)/mypy pynomaly

lint: $(VENV)/dev.done
	@$(BIN)/ruff check pynomaly tests benchmarks tools docs && $(BIN)/lint-imports

frontend:
	@cd frontend && npm ci --no-audit --no-fund && npm run build

bench: $(VENV)/dev.done
	@$(INSIDE) $(BIN)/python benchmarks/run.py

clean:
	rm -rf $(VENV) out build dist docs/_build docs/nbs
