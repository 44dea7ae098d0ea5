"""Refusals name states, moves and kinds in Indonesian, each of them."""

import importlib
import inspect
import pkgutil
from enum import StrEnum

import pytest

import appraisal.domain
from appraisal.domain.plan import PlanMove
from appraisal.domain.refusal_words import NOTHING_POSSIBLE, WORDS, all_in_words, in_words
from appraisal.domain.values import PlanState


def enumerations():
    """Every enumeration of the domain by its name."""
    for found in pkgutil.iter_modules(appraisal.domain.__path__, "appraisal.domain."):
        for name, one in inspect.getmembers(importlib.import_module(found.name), inspect.isclass):
            if issubclass(one, StrEnum) and one is not StrEnum:
                yield name, one


@pytest.mark.parametrize("name", WORDS)
def test_each_code_has_its_words(name):
    (kind,) = {one for found, one in enumerations() if found == name}
    assert set(WORDS[name]) == {one.value for one in kind}
    assert len(set(WORDS[name].values())) == len(WORDS[name]), "two codes of a kind are never called alike"


def test_what_is_possible_is_listed_and_that_nothing_is_too():
    assert in_words(PlanState.DRAFT) == "konsep"
    assert all_in_words([PlanMove.SUBMIT, PlanMove.CLOSE]) == "mengajukan, menutup"
    assert all_in_words([]) == NOTHING_POSSIBLE
