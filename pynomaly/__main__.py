"""`python -m pynomaly` is the command line."""

from pynomaly.cli.app import main

main()
