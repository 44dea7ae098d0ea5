"""The story goes on when a process dies between what it has done and its answer."""

import json
from pathlib import Path

import httpx
import pytest

from suar_demo.client import Api, Refused
from suar_demo.context import DemoContext
from suar_demo.scenario import Scenario
from suar_demo.steps.people import activate

MADE = {"account_id": "1", "activation_code": "7K2M-9QXA-4TZP"}


class Identity:
    """Sets a password by a code, once; the first answer is lost with the process that gives it."""

    def __init__(self, *, knows_code=True):
        self.password, self.knows_code = None, knows_code

    def __call__(self, request):
        asked = json.loads(request.content)
        if request.url.path.endswith("/activations"):
            if self.password is not None or not self.knows_code:
                return httpx.Response(422, json={"code": "one_time_code_refused"})
            self.password = asked["password"]
            return httpx.Response(503)
        right = (asked["username"], asked["password"], asked["agency_id"]) == ("siti", self.password, "kemcontoh")
        return httpx.Response(201, json={"token": "t"}) if right else httpx.Response(401, json={"code": "refused"})


def context_of(identity):
    client = httpx.Client(transport=httpx.MockTransport(identity))
    api = Api("http://suar.example", client)
    return DemoContext(api, Scenario(), Path(), api, password="Kata-sandi-demo-1")


def test_who_has_redeemed_a_code_and_never_heard_of_it_signs_in():
    assert activate(context_of(Identity()), "siti", "Siti", MADE).token == "t"


def test_a_code_that_was_never_good_ends_the_story():
    with pytest.raises(Refused):
        activate(context_of(Identity(knows_code=False)), "siti", "Siti", MADE)
