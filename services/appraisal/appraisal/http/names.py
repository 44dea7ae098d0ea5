"""Who names people on papers, asked with the caller's own token."""

from flask import current_app, request

from appraisal.clients import PersonnelNames


def paper_names() -> PersonnelNames:
    settings = current_app.extensions["suar_settings"]
    authorization = request.headers.get("Authorization", "")
    return PersonnelNames(settings.personnel_url, settings.personnel_timeout, authorization)
