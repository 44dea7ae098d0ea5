"""The errors of service_name, each with a stable code and an Indonesian sentence for people."""

from chassis.errors import RuleViolation


class AuthorRetired(RuleViolation):
    code = "service_name_author_retired"
    title = "Who has retired files no suggestion"
    sentence = "Pegawai yang sudah pensiun tidak dapat menyampaikan usulan."
