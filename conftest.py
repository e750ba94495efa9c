"""What all tests share, those in `tests/` and those beside the code."""

pytest_plugins = [
    "tests.parts",
    "tests.browsing",
    "tests.databases",
    "tests.cast",
    "tests.clusters",
    "tests.demonstration",
]
