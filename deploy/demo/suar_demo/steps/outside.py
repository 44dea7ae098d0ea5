"""What leaves the system: messages to people, e-mail, and another agency's signed events."""

from chassis.waiting import Remaining
from suar_demo.context import YEAR, World
from suar_demo.stub_servers import MailSink, WebhookSink

NOTIFICATION = "/api/v1/notification"
IDENTITY = "/api/v1/identity"
TYPES = ["appraisal.AppraisalCompleted.v1", "training.TrainingFinished.v1"]


def subscribe_agency(world: World) -> None:
    """The civil service agency is granted two kinds of events and subscribes with its webhook."""
    sink: WebhookSink = world.notes["webhooks"]
    made = world.hr.post(f"{IDENTITY}/clients", {"name": "Badan Kepegawaian Contoh", "roles": ["subscriber"]})
    form = {
        "grant_type": "client_credentials",
        "client_id": made["client"]["client_id"],
        "client_secret": made["client_secret"],
    }
    token = world.api.raw("POST", f"{IDENTITY}/tokens", data=form).json()["access_token"]
    grant = {
        "client_id": made["client"]["client_id"],
        "subscriber_name": "Badan Kepegawaian Contoh",
        "event_types": TYPES,
        "channels": ["WEBHOOK", "FEED"],
        "legal_basis": "Nota kesepahaman pertukaran data 12/2026",
    }
    world.hr.post(f"{NOTIFICATION}/grants", grant)
    subscriber = world.api.signed_in(token, "Badan Kepegawaian Contoh")
    opened = subscriber.post(f"{NOTIFICATION}/subscriptions", {"url": sink.url, "event_types": TYPES})
    sink.secret = opened["secret"]
    world.notes["subscriber"] = subscriber
    world.story.tell("Badan Kepegawaian Contoh berlangganan AppraisalCompleted dan TrainingFinished lewat webhook.")


def check_messages(world: World) -> None:
    """Everybody concerned was told, in the inbox and by e-mail; the other agency verified every signature."""
    mail: MailSink = world.notes["mail"]
    siti = world.siti
    inbox = list(siti.me.pages(f"{NOTIFICATION}/inbox"))
    kinds = {message["event_kind"].split(".")[1] for message in inbox}
    for needed in ("AppraisalIssued", "ObjectionDecided", "AppraisalCompleted", "TrainingFinished"):
        world.story.check(f"Siti diberi tahu: {needed}", True, needed in kinds)
    for superior in (siti.appraiser_id, siti.reviewer_id):
        person = world.people[superior or ""]
        told = {message["event_kind"].split(".")[1] for message in person.me.pages(f"{NOTIFICATION}/inbox")}
        world.story.check(f"keberatan diketahui {person.name}", True, "ObjectionFiled" in told)
    address = next(row["email"] for row in world.rows("pegawai") if row["nip"] == siti.nip)
    letters = world.consistency.wait_for(
        "surel sampai ke Siti", lambda: mail.to(address) or Remaining(f"baru {len(mail.messages)} surel lain")
    )
    world.story.tell(f"{len(mail.messages)} surel terkirim lewat SMTP; {len(letters)} di antaranya untuk Siti.")
    _check_webhooks(world)


def _check_webhooks(world: World) -> None:
    sink: WebhookSink = world.notes["webhooks"]
    said = 0
    for producer, name, _ in (one.split(".") for one in TYPES):
        history = world.operator.pages(f"/api/v1/{producer}/events/history", since="2000-01-01T00:00:00Z")
        said += sum(row["name"] == name and row["agency_id"] == world.agency for row in history)
    world.consistency.wait_for(
        "webhook menerima semuanya",
        lambda: len(sink.events) >= said or Remaining(f"{said - len(sink.events)} peristiwa"),
    )
    world.story.check("peristiwa bertanda tangan yang diterima instansi lain", said, len(sink.events))
    world.story.check("tanda tangan yang ditolak", 0, sink.refused)
    subscriber = world.notes["subscriber"]
    feed = subscriber.get(f"{NOTIFICATION}/feed", since=f"{YEAR}-01-01", limit=10)
    world.story.check("umpan HTTP dapat dibaca dari tanggal lampau", 10, len(feed["items"]))
