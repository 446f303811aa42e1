"""The explorer: one front-end module, shown in notebooks, dashboards and files."""
