"""The errors of service_name, each with a stable code and an Indonesian sentence for people."""

from chassis.errors import RuleViolation


class AuthorNotInService(RuleViolation):
    code = "service_name_author_not_in_service"
    title = "Who has left the service files no suggestion"
    sentence = "Pegawai yang sudah pensiun atau berhenti tidak dapat menyampaikan usulan."
