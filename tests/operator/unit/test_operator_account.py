"""The first operator's password: from the environment, the standard input, or made; told alike in both ways of running."""

import io

import pytest

from suar_operator.operator_account import main, read_password


def test_the_environment_comes_first_then_the_standard_input_then_a_new_one(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("dari masukan\n"))
    monkeypatch.setenv("OPERATOR_PASSWORD", "dari lingkungan")
    assert read_password().value == "dari lingkungan"
    monkeypatch.delenv("OPERATOR_PASSWORD")
    assert read_password().value == "dari masukan"
    made = read_password()
    assert len(made.value) >= 16
    assert made.value in made.origin


def test_both_ways_of_running_say_where_the_password_comes_from(capsys):
    from suar_cli.main import main as suar

    for run in (lambda: main(["--help"]), lambda: suar(["operator", "--help"])):
        with pytest.raises(SystemExit):
            run()
        said = " ".join(capsys.readouterr().out.split())
        assert "Sandinya dari OPERATOR_PASSWORD, atau dari masukan standar" in said
