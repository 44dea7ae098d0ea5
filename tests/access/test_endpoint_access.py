"""Every (role, route) pair: who is not named is refused before the body is looked at, and who is named gets in."""

import base64
import hashlib
import hmac
import json
import time
import tomllib
from functools import wraps

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chassis.auth import Principal, access_of, claims_of
from chassis.ids import new_id
from tests.access.routes import ROUTES
from tests.architecture.layout import COMPONENTS, ROOT

ROLES = list(tomllib.loads((ROOT / "contracts/roles.toml").read_text()))
NOT_PERSONS = {"operator", "subscriber"}
# a body that no view would take: whoever is refused for it has got as far as the view
NONSENSE = {"data": b"{ini bukan JSON", "content_type": "application/json"}
AGENCY = "akses-pintu"


def introduce_agency(service):
    """Deliver the agency to a service that hears of it, so that it knows which day it is there."""
    if service.worker and ("personnel", "AgencyChanged", 1) in service.worker.consumers.subscriptions():
        data = {"agency_id": AGENCY, "name": "Kementerian", "time_zone": "Asia/Jakarta", "version": 1}
        service.deliver("AgencyChanged", data, producer="personnel", agency=AGENCY, subject=AGENCY)


def holder_of(role):
    """Somebody with this role alone."""
    return Principal(
        account_id=new_id(),
        agency_id=AGENCY,
        roles=frozenset({role}),
        employee_id=None if role in NOT_PERSONS else new_id(),
        kind="client" if role == "subscriber" else "person",
    )


HOLDERS = {role: holder_of(role) for role in ROLES}


class EntryRecorder:
    """Records which views of a service were entered; each view does what it always does."""

    def __init__(self, service):
        self.service = service
        self.entered = []
        app = service.app
        for endpoint, view in list(app.view_functions.items()):
            app.view_functions[endpoint] = self._recorded(view)

    def _recorded(self, view):
        @wraps(view)
        def recorded(*args, **options):
            self.entered.append(view)
            return view(*args, **options)

        return recorded

    def request(self, route, token, caller=None):
        """Return the answer, and whether the view was entered."""
        self.entered.clear()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        address = route.address(employee_id=caller.employee_id if caller else None)
        client = self.service.app.test_client()
        answer = client.open(address, method=route.method, headers=headers, **NONSENSE)
        answer.get_data()
        return answer, bool(self.entered)


@pytest.fixture(scope="package")
def recorder_of(service_of):
    made = {}

    def make(component):
        if component not in made:
            service = service_of(component)
            introduce_agency(service)
            made[component] = EntryRecorder(service)
        return made[component]

    return make


@pytest.fixture(scope="session")
def tokens(signing_key):
    """A token for each role, made once and good for the whole run."""
    return {role: _signed(signing_key[0], holder) for role, holder in HOLDERS.items()}


@pytest.fixture(scope="session")
def bad_tokens(signing_key):
    """Tokens of somebody with every role that must open nothing."""
    key, _ = signing_key
    somebody = Principal(new_id(), AGENCY, frozenset(ROLES), employee_id=new_id())
    past = int(time.time()) - 60
    return {
        "none": None,
        "forged": _signed(Ed25519PrivateKey.generate(), somebody),
        "expired": _signed(key, somebody, iat=past - 60, exp=past),
        "for another system": _signed(key, somebody, aud="sistem-lain"),
        "by another issuer": _signed(key, somebody, iss="penerbit-lain"),
        "without an end": _signed(key, somebody, exp=None),
        "unsigned": jwt.encode(_claims(somebody), None, algorithm="none"),
        "signed with the public half": _public_as_secret(key, somebody),
        "no token at all": "bukan.token",
    }


def _claims(principal, **changes):
    claims = {**claims_of(principal, lifetime=3600), **changes}
    return {name: value for name, value in claims.items() if value is not None or name not in changes}


def _signed(key, principal, **changes):
    return jwt.encode(_claims(principal, **changes), key, algorithm="EdDSA")


def _public_as_secret(key, principal):
    """The old trick: the public key used as the secret of a symmetric signature."""
    secret = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    parts = [json.dumps(one).encode() for one in ({"alg": "HS256", "typ": "JWT"}, _claims(principal))]
    head = b".".join(base64.urlsafe_b64encode(one).rstrip(b"=") for one in parts)
    signature = base64.urlsafe_b64encode(hmac.new(secret, head, hashlib.sha256).digest()).rstrip(b"=")
    return (head + b"." + signature).decode()


@pytest.mark.parametrize("route", [one for one in ROUTES if not one.public], ids=str)
def test_only_the_named_roles_enter_a_view(route, recorder_of, tokens):
    recorder = recorder_of(route.component)
    wrong = []
    for role, holder in HOLDERS.items():
        answer, entered = recorder.request(route, tokens[role], holder)
        if role in route.roles:
            right = entered and answer.status_code != 401 and answer.status_code < 500
        else:
            right = not entered and answer.status_code == 403 and answer.get_json(force=True)["code"] == "forbidden"
        if not right:
            wrong.append((role, entered, answer.status_code, answer.text[:200]))
    assert not wrong


@pytest.mark.parametrize("route", [one for one in ROUTES if not one.public], ids=str)
def test_without_a_valid_token_no_view_is_entered(route, recorder_of, bad_tokens):
    recorder = recorder_of(route.component)
    for kind in ("none", "forged", "expired"):
        answer, entered = recorder.request(route, bad_tokens[kind])
        assert (kind, entered, answer.status_code) == (kind, False, 401)
        assert answer.get_json(force=True)["code"] == "unauthenticated"


@pytest.mark.parametrize("component", COMPONENTS)
def test_no_kind_of_bad_token_is_accepted(component, recorder_of, bad_tokens):
    recorder = recorder_of(component)
    route = next(one for one in ROUTES if one.component == component and not one.public and one.method == "GET")
    for kind, token in bad_tokens.items():
        answer, entered = recorder.request(route, token)
        assert (kind, entered, answer.status_code) == (kind, False, 401)


@pytest.mark.parametrize("route", [one for one in ROUTES if one.public], ids=str)
def test_a_public_route_is_entered_with_and_without_a_token(route, recorder_of, tokens, bad_tokens):
    recorder = recorder_of(route.component)
    for token in (None, bad_tokens["forged"], bad_tokens["expired"], *tokens.values()):
        answer, entered = recorder.request(route, token)
        assert entered
        assert answer.status_code < 500


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_route_is_covered(component, service_of):
    """What stands in no description is open to everybody for a reason, and there is nothing to be had there."""
    app = service_of(component).app
    walked = {(one.method, one.path) for one in ROUTES if one.component == component}
    for rule in app.url_map.iter_rules():
        path = "/".join(_parameter(part) for part in rule.rule.split("/"))
        access = access_of(app.view_functions[rule.endpoint])
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            assert (method, path) in walked or (access.is_public and method == "GET"), f"{method} {path}"
        described = [one for one in ROUTES if one.component == component and one.path == path]
        assert all(one.roles == access.roles for one in described if one.method in rule.methods), rule.rule


def _parameter(part):
    """`<uuid:plan_id>` as `{plan_id}`."""
    return "{" + part.strip("<>").rpartition(":")[2] + "}" if part.startswith("<") else part
