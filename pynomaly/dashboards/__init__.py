"""The explorer as a web page for many people: Panel apps."""
