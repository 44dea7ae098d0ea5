"""Who may grant which role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# Replaces the real roles until a password that somebody else knows has been changed.
MUST_CHANGE = "must_change_password"
# Stands for all roles of a person who has left service, as long as own records can be read.
FORMER = "former_employee"
# Stands for all roles of an account that lacks what each of them needs.
INCOMPLETE = "account_incomplete"
# The one role of an official who is no civil servant.
EXTERNAL = "external_official"
# Who grants a role for which the list names nobody.
DEFAULT_GRANTORS = frozenset({"operator"})


@dataclass(frozen=True)
class Role:
    name: str
    label: str
    holders: frozenset[str]
    granted_by: frozenset[str]
    ends_with: frozenset[str]
    needs_person: bool = False
    second_person: bool = False


@dataclass(frozen=True)
class RoleBook:
    """The roles of the system, as contracts/roles.toml lists them."""

    roles: Mapping[str, Role]

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> "RoleBook":
        """Return the roles of the parsed roles.toml, which has a table for each role."""
        return cls({name: _role(name, entry) for name, entry in table.items()})

    def unknown(self, names: Iterable[str], holder: str) -> list[str]:
        """Return the names that are no role of such a holder (person or client)."""
        return sorted(name for name in names if name not in self.roles or holder not in self.roles[name].holders)

    def not_grantable(self, names: Iterable[str], grantor_roles: frozenset[str]) -> list[str]:
        """Return the roles among `names` that nobody with these roles may grant or withdraw."""
        return sorted(name for name in names if self._granters(name).isdisjoint(grantor_roles))

    def granters(self, names: Iterable[str]) -> str:
        """Return, in Indonesian, who may grant all of these roles."""
        able = frozenset(self.roles).intersection(*(self._granters(name) for name in names))
        return self.labels(able)

    def labels(self, names: Iterable[str]) -> str:
        """Return the Indonesian names of roles."""
        return ", ".join(self.roles[name].label if name in self.roles else name for name in sorted(names))

    def of(self, holder: str) -> list[str]:
        """Return all roles that a person or a client may hold."""
        return sorted(role.name for role in self.roles.values() if holder in role.holders)

    def needs_service(self, name: str) -> bool:
        """Return whether a role ends with the active service of its holder."""
        return name in self.roles and "service" in self.roles[name].ends_with

    def needs_unit(self, name: str) -> bool:
        """Return whether a role ends when its holder moves to another unit."""
        return name in self.roles and "unit" in self.roles[name].ends_with

    def needs_person(self, name: str) -> bool:
        """Return whether a role opens nothing in an account that is nobody's of the agency."""
        return name in self.roles and self.roles[name].needs_person

    def needs_second_person(self, names: Iterable[str]) -> bool:
        """Return whether a new password for whoever holds these roles takes two people."""
        return any(name in self.roles and self.roles[name].second_person for name in names)

    def _granters(self, name: str) -> frozenset[str]:
        return self.roles[name].granted_by if name in self.roles else DEFAULT_GRANTORS


def _role(name: str, entry: Mapping[str, Any]) -> Role:
    holders = ["client"] if name == "subscriber" else ["person"]
    granted_by = frozenset(entry.get("granted_by", DEFAULT_GRANTORS))
    ends_with = frozenset(entry.get("ends_with", []))
    return Role(
        name,
        entry.get("label", name),
        frozenset(entry.get("holders", holders)),
        granted_by,
        ends_with,
        needs_person=entry.get("needs_person", False),
        second_person=entry.get("second_person", False),
    )
