"""Every route that changes something is an action of two people, or one person may call it for a reason that is given."""

import importlib
import re

import pytest

SAFE = {"GET", "HEAD", "OPTIONS"}
# what every service has: the operator's routes change no matter of a person, and a proposal is itself the mechanism
SHARED = re.compile(r"^/(events|audit|proposals|jobs|outbox)(/|$)")


def unsafe_routes(app, service):
    prefix = f"/api/v1/{service}"
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        if path.startswith(prefix) and not SHARED.match(path.removeprefix(prefix)):
            yield from (f"{method} {path.removeprefix(prefix)}" for method in rule.methods - SAFE)


@pytest.mark.parametrize("service", ["incentive", "training"])
def test_every_unsafe_route_takes_two_people_or_says_why_not(app_of, service):
    actions = importlib.import_module(f"{service}.second_person").ACTIONS
    by_two, alone = {one.route for one in actions.actions}, set(actions.alone)
    assert by_two.isdisjoint(alone)
    assert by_two | alone == set(unsafe_routes(app_of(service), service))
    assert all(len(reason) > 10 for reason in actions.alone.values())


@pytest.mark.parametrize("service", ["incentive", "training"])
def test_an_act_has_one_name_and_one_route(service):
    actions = importlib.import_module(f"{service}.second_person").ACTIONS
    assert (
        len({one.name for one in actions.actions})
        == len({one.route for one in actions.actions})
        == len(actions.actions)
    )
