"""With which options `suar test` starts pytest."""

from pathlib import Path

import pytest

from suar_developer.quality import pytest_options

PROJECT = Path(__file__).parents[3]


@pytest.mark.parametrize("arguments", [[], ["-x"], ["-k", "objection"]])
def test_the_whole_suite_runs_in_several_processes(arguments):
    options = pytest_options(PROJECT, arguments)
    assert options[0] == "-n"
    assert 1 <= int(options[1]) <= 4
    assert options[-len(arguments) :] == arguments or not arguments


@pytest.mark.parametrize(
    "arguments",
    [
        ["tests/chassis"],
        ["-x", "tests/developer/unit/test_quality.py::test_the_whole_suite_runs_in_several_processes"],
        ["-n", "8"],
        ["-n0"],
        ["--pdb"],
    ],
)
def test_named_tests_and_a_chosen_number_of_processes_are_left_as_they_are(arguments):
    assert pytest_options(PROJECT, arguments) == ["--durations=20", *arguments]
