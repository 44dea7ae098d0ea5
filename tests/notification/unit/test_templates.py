"""The words people are sent: checked at start, filled without secrets."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from notification.domain.email import Letterhead, compose, is_address
from notification.domain.templates import (
    Audience,
    Template,
    TemplateError,
    Text,
    fill,
    in_words,
    month_in_words,
    placeholders,
    read_template,
    read_topic,
)
from notification.persistence.template_files import RejectedTemplates, read_book, template_book, topics
from testkit.logs import captured_logs
from testkit.plugin import CONTRACTS

BOOK = template_book(CONTRACTS)
DISPLAYABLE = {"appraisal.AppraisalIssued.v1": frozenset({"year"})}
TOPICS = {"RESULT": read_topic({"key": "RESULT", "label": "hasil", "mandatory": False, "email": "OFF"})}
RAW = {
    "event": "appraisal.AppraisalIssued.v1", "to": "EMPLOYEE", "topic": "RESULT", "version": 1, "title": "Judul {year}",
    "body": "Isi.", "link": "/penilaian/{evaluation_id}",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"body": "Predikat Anda {predicate}"}, "predicate"),
        ({"body": "Anda menerima {amount}"}, "amount"),
        ({"title": "{behaviour}"}, "behaviour"),
        ({"title": "{year.__class__}"}, "__class__"),
        ({"link": "https://lain.example/{evaluation_id}"}, "path"),
        ({"link": "/x/{predicate}"}, "predicate"),
        ({"to": "EVERYBODY"}, "EVERYBODY"),
        ({"topic": "LAIN"}, "LAIN"),
        ({"colour": "red"}, "colour"),
        ({"event": "appraisal.Unpublished.v1"}, "no published schema"),
        ({"title": "Tahun {year"}, "expected '}'"),
    ],
)
def test_a_template_that_is_wrong_is_refused_with_the_reason(change, reason):
    with pytest.raises(TemplateError, match=reason):
        read_template({**RAW, **change}, TOPICS, DISPLAYABLE)


def test_a_wrong_template_is_left_out_with_a_log_line_and_a_number_and_the_others_go_on(tmp_path):
    good = next(iter(BOOK.by_key.values()))
    message = 'event = "{}"\nto = "{}"\ntopic = "{}"\nversion = 1\ntitle = "Judul"\nbody = "{}"\nlink = "/x"\n'
    (tmp_path / "a.toml").write_text(
        "[[message]]\n" + message.format(good.event, "EMPLOYEE", good.topic, "Anda menerima {amount}.")
        + "[[message]]\n" + message.format(good.event, "HR", good.topic, "Isi.")
    )  # fmt: skip
    (tmp_path / "b.toml").write_text("[[message]]\n" + message.format(good.event, "HR", good.topic, "Sekali lagi."))
    (tmp_path / "c.toml").write_text("bukan toml")
    with captured_logs() as logs:
        book = read_book(tmp_path, CONTRACTS)
    assert list(book.by_key) == [f"{good.event}/HR"]
    assert [template.body for template in book.for_event(good.event)] == ["Isi."]
    assert [one.split(":")[0] for one in book.rejected] == ["a.toml", "b.toml", "c.toml"]
    assert [line["event"] for line in logs] == ["template_rejected"] * 3
    assert any("amount" in line["reason"] for line in logs)
    (metric,) = RejectedTemplates(book).collect()
    assert [sample.value for sample in metric.samples] == [3]


def test_a_mandatory_topic_names_its_law():
    with pytest.raises(TemplateError, match="legal_source"):
        read_topic({"key": "X", "label": "x", "mandatory": True, "email": "OFF"})


def test_a_value_can_neither_break_out_of_the_link_nor_bring_a_placeholder():
    template = read_template({**RAW, "body": "Halo {employee_name}."}, TOPICS, DISPLAYABLE)
    text = fill(template, {"year": 2026, "evaluation_id": "../../a?b", "employee_name": "{year} Budi"}, "Asia/Jakarta")
    assert text.link == "/penilaian/..%2F..%2Fa%3Fb"
    assert text.body == "Halo {year} Budi."


def test_a_name_that_is_not_known_yet_is_replaced_by_a_general_word():
    template = read_template({**RAW, "body": "Halo {employee_name}."}, TOPICS, DISPLAYABLE)
    assert fill(template, {"year": 1, "evaluation_id": "x"}, "Asia/Jakarta").body == "Halo seorang pegawai."


def test_dates_are_written_as_people_write_them_where_the_agency_is():
    assert in_words("2027-01-05", "Asia/Jakarta") == "5 Januari 2027"
    assert in_words("2027-01-26T16:59:59+00:00", "Asia/Jakarta") == "26 Januari 2027"
    assert in_words("2027-01-26T16:59:59+00:00", "Asia/Jayapura") == "27 Januari 2027"
    assert month_in_words("2026-07") == "Juli 2026"


def test_the_files_hold_together():
    assert BOOK.rejected == ()
    assert {template.topic for template in BOOK.by_key.values()} <= set(topics())
    objection = {template.to for template in BOOK.for_event("appraisal.ObjectionFiled.v1")}
    assert {Audience.EMPLOYEE, Audience.APPRAISER, Audience.REVIEWER} <= objection


@pytest.mark.parametrize("template", BOOK.by_key.values(), ids=lambda one: one.key)
def test_no_text_speaks_of_money_health_discipline_or_a_grade(template: Template):
    words = f"{template.title} {template.body}".lower()
    for word in ("rupiah", "rp", "sakit", "kesehatan", "hukuman", "disiplin", "sangat baik", "kurang", "konseling"):
        assert f" {word} " not in f" {words} ", word
    assert placeholders(template.body).isdisjoint({"predicate", "jp", "kind", "outcome", "category"})


def test_a_header_cannot_be_smuggled_into_an_e_mail():
    head = Letterhead("Suar <a@b.id>", "https://x", "b.id")
    item = Text(title="Satu\r\nBcc: x@y.z", body="b", link="/x")
    mail = compose(
        head, delivery_id=uuid4(), address="a@b.id", name="N\r\nX: y", agency="A\nB", at=datetime(2026, 7, 6, tzinfo=UTC),
        content=[item],
    )  # fmt: skip
    assert mail["Bcc"] is None
    assert "\n" not in mail["Subject"]


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("siti@contoh.go.id", True), ("s.r+x@a.b", True), ("siti", False), ("a@b@c", False), ("a b@c.id", False),
        ("a@b.id\nBcc: c@d", False), ("Siti <a@b.id>", False), ("", False), ("a@" + "b" * 300 + ".id", False),
    ],
)  # fmt: skip
def test_what_can_stand_on_an_envelope(address, good):
    assert is_address(address) is good
