"""Inboxes, grants and subscriptions: people read their own mail, clients manage their own subscriptions."""

from testkit.service import ServiceUnderTest
from tests.access.personas import PEOPLE, Personas, deliver_directory
from tests.access.rows import Row, Scene, operations_rows

MANAGERS = "subscriber hr operator"
GRANTERS = "hr operator"
TYPE = "appraisal.PlanActivated.v1"
GRANT = {"client_id": "{client_id}", "subscriber_name": "Badan Kepegawaian", "event_types": [TYPE],
         "channels": ["WEBHOOK", "FEED"], "legal_basis": "Perjanjian 1/2026"}  # fmt: skip


def pause(scene: Scene) -> None:
    scene.post("subscriber", "/subscriptions/{subscription_id}/pause")


TABLE = [
    *operations_rows(),
    Row("GET /inbox", "owner former", finds="{message_id}"),
    Row("GET /inbox", "hr", finds="{office_message_id}", own="nothing"),
    Row("GET /inbox/{message_id}", "owner former"),
    Row("GET /inbox/{message_id}", "hr", at={"message_id": "office_message_id"}, own="refused"),
    Row("POST /inbox/{message_id}/read", "owner former"),
    Row("POST /inbox/read-all", "owner former", {"up_to": "{message_id}"}),
    Row("PUT /preferences/{topic}", f"{PEOPLE} external", {"inbox": True, "email": "OFF"}, foreign="in"),
    Row("POST /emails/{delivery_id}/retry", "operator", at={"delivery_id": "email_id"},
        answer=("delivery_state_conflict",)),
    Row("PUT /office-mailboxes/{role}", GRANTERS, {"email": "kepegawaian@contoh.go.id"}, foreign="in"),
    Row("GET /quiet-hours", GRANTERS, foreign="in"),
    Row("POST /quiet-hours", GRANTERS, {"effective_from": "2026-02-01", "starts_at": "20:00", "ends_at": "06:00",
                                        "weekends": True}, foreign="in"),
    Row("GET /event-types/{name}/subscribers", GRANTERS, at={"name": "event_type"}, finds="{client_id}"),
    Row("GET /grants", MANAGERS, finds="{grant_id}"),
    Row("GET /grants/{grant_id}", MANAGERS),
    Row("GET /grants/{grant_id}/topology", MANAGERS),
    Row("POST /grants/{grant_id}/revoke", GRANTERS, {"reason": "selesai"}),
    Row("GET /subscriptions", MANAGERS, finds="{subscription_id}"),
    Row("GET /subscriptions/{subscription_id}", MANAGERS),
    Row("PATCH /subscriptions/{subscription_id}", "subscriber", {"contact_email": "a@contoh.go.id"}),
    Row("DELETE /subscriptions/{subscription_id}", MANAGERS),
    Row("POST /subscriptions/{subscription_id}/pause", MANAGERS),
    Row("POST /subscriptions/{subscription_id}/resume", MANAGERS, given=(pause,)),
    Row("POST /subscriptions/{subscription_id}/rotate-secret", "subscriber", {"overlap_hours": 1}),
    Row("POST /subscriptions/{subscription_id}/ping", MANAGERS),
    Row("POST /subscriptions/{subscription_id}/replay", MANAGERS, {"since": "2026-01-05"}),
    Row("GET /subscriptions/{subscription_id}/deliveries", MANAGERS),
    Row("POST /subscriptions/{subscription_id}/deliveries/{delivery_id}/retry", MANAGERS, answer=("not_found",)),
]  # fmt: skip


def make_scene(service: ServiceUnderTest) -> Scene:
    """A message to Siti, one to HR's office, and a subscription of one of two clients."""
    scene = Scene(service, Personas(), "/api/v1/notification")
    scene.turn(2026, 1, 5, 2)
    deliver_directory(service, scene.personas)
    names = scene.names
    names |= {"topic": "PLAN", "role": "hr_officer", "event_type": TYPE, "delivery_id": names["unknown_id"]}
    scene.deliver("appraisal", "PlanActivated", "{owner}", plan_id="{unknown_id}", employee_id="{owner}", year=2026,
                  plan_version=1)  # fmt: skip
    scene.deliver(
        "appraisal", "FollowUpOpened", "{owner}", follow_up_id="{unknown_id}", employee_id="{owner}",
        kind="COUNSELLING", evaluation_id="{unknown_id}", competency_codes=[],
    )  # fmt: skip
    names["office_message_id"] = scene.get("hr", "/inbox")["items"][0]["message_id"]
    names["message_id"] = scene.get("owner", "/inbox?topic=PLAN")["items"][0]["message_id"]
    names["email_id"] = scene.get("operator", "/emails")["items"][0]["delivery_id"]
    for client in ("subscriber", "other_subscriber"):
        names["client_id"] = str(scene.personas.accounts[client])
        grant = scene.post("hr", "/grants", GRANT)["grant_id"]
        opened = scene.post(client, "/subscriptions", {"url": f"http://127.0.0.1:9/{client}"})
        names.setdefault("grant_id", grant)
        names.setdefault("subscription_id", opened["subscription"]["subscription_id"])
    return scene
