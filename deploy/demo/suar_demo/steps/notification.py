"""What leaves the system: messages to people, e-mail, and another agency's signed events."""

from chassis.waiting import Remaining
from suar_demo.context import YEAR, DemoContext
from suar_demo.stub_servers import MailSink, WebhookSink

NOTIFICATION = "/api/v1/notification"
IDENTITY = "/api/v1/identity"
TYPES = ["appraisal.AppraisalCompleted.v1", "training.TrainingFinished.v1"]


def subscribe_agency(context: DemoContext) -> None:
    """The civil service agency is granted two kinds of events and subscribes with its webhook."""
    sink: WebhookSink = context.notes["webhooks"]
    made = context.hr.post(f"{IDENTITY}/clients", {"name": "Badan Kepegawaian Contoh", "roles": ["subscriber"]})
    form = {
        "grant_type": "client_credentials",
        "client_id": made["client"]["client_id"],
        "client_secret": made["client_secret"],
    }
    token = context.api.raw("POST", f"{IDENTITY}/tokens", data=form).json()["access_token"]
    grant = {
        "client_id": made["client"]["client_id"],
        "subscriber_name": "Badan Kepegawaian Contoh",
        "event_types": TYPES,
        "channels": ["WEBHOOK", "FEED"],
        "legal_basis": "Nota kesepahaman pertukaran data 12/2026",
    }
    context.hr.post(f"{NOTIFICATION}/grants", grant)
    subscriber = context.api.signed_in(token, "Badan Kepegawaian Contoh")
    opened = subscriber.post(f"{NOTIFICATION}/subscriptions", {"url": sink.url, "event_types": TYPES}, keyed=False)
    sink.secret = opened["secret"]
    context.notes["subscriber"] = subscriber
    context.scenario.show(
        "Badan Kepegawaian Contoh berlangganan AppraisalCompleted dan TrainingFinished lewat webhook."
    )


def check_messages(context: DemoContext) -> None:
    """Everybody concerned was notified, in the inbox and by e-mail; the other agency verified every signature."""
    mail: MailSink = context.notes["mail"]
    siti = context.siti
    inbox = list(siti.me.pages(f"{NOTIFICATION}/inbox"))
    kinds = {message["event_kind"].split(".")[1] for message in inbox}
    for needed in ("AppraisalIssued", "ObjectionDecided", "AppraisalCompleted", "TrainingFinished"):
        context.scenario.check(f"Siti diberi tahu: {needed}", True, needed in kinds)
    for superior in (siti.appraiser_id, siti.reviewer_id):
        person = context.people[superior or ""]
        kinds = {message["event_kind"].split(".")[1] for message in person.me.pages(f"{NOTIFICATION}/inbox")}
        context.scenario.check(f"keberatan diketahui {person.name}", True, "ObjectionFiled" in kinds)
    address = next(row["email"] for row in context.rows("pegawai") if row["nip"] == siti.nip)
    letters = context.consistency.wait_for(
        "surel sampai ke Siti", lambda: mail.to(address) or Remaining(f"baru {len(mail.messages)} surel lain")
    )
    context.scenario.show(f"{len(mail.messages)} surel terkirim lewat SMTP; {len(letters)} di antaranya untuk Siti.")
    _check_webhooks(context)


def _check_webhooks(context: DemoContext) -> None:
    sink: WebhookSink = context.notes["webhooks"]
    published = 0
    for producer, name, _ in (one.split(".") for one in TYPES):
        history = context.operator.pages(f"/api/v1/{producer}/events/history", since="2000-01-01T00:00:00Z")
        published += sum(row["name"] == name and row["agency_id"] == context.agency for row in history)
    context.consistency.wait_for(
        "webhook menerima semuanya",
        lambda: len(sink.events) >= published or Remaining(f"{published - len(sink.events)} peristiwa"),
    )
    context.scenario.check("peristiwa bertanda tangan yang diterima instansi lain", published, len(sink.events))
    context.scenario.check("tanda tangan yang ditolak", 0, sink.refused)
    subscriber = context.notes["subscriber"]
    feed = subscriber.get(f"{NOTIFICATION}/feed", since=f"{YEAR}-01-01", limit=10)
    context.scenario.check("umpan HTTP dapat dibaca dari tanggal lampau", 10, len(feed["items"]))
