"""Who names people on papers, asked with the caller's own token, and where papers are verified."""

from flask import current_app, request

from appraisal.clients import PersonnelNames
from appraisal.http.access import PREFIX


def paper_names() -> PersonnelNames:
    settings = current_app.extensions["suar_settings"]
    authorization = request.headers.get("Authorization", "")
    return PersonnelNames(settings.personnel_url, settings.personnel_timeout, authorization)


def verification_address() -> str:
    """Return what stands before a code in the addresses printed on papers."""
    base: str = current_app.extensions["suar_settings"].public_base_url
    return f"{base.rstrip('/')}{PREFIX}/documents/"
