"""Who needs a second factor to work here, as the installation has it (HOMEWARD_SECOND_FACTOR)."""

from collections.abc import Iterable
from dataclasses import dataclass

from homeward.access.roles import Role, sees_personal_data
from homeward.errors import InputError

__all__ = ["SecondFactorRule"]

_WORDS = {
    "personal": frozenset(role for role in Role if sees_personal_data(role)),
    "everybody": frozenset(Role),
    "nobody": frozenset[Role](),
}


@dataclass(frozen=True)
class SecondFactorRule:
    """The roles whose holders must have a second factor; one such role among several is enough."""

    roles: frozenset[Role]

    @classmethod
    def from_text(cls, text: str) -> "SecondFactorRule":
        """Returns the rule of "personal", "everybody", "nobody", or of roles separated by commas.

        >>> sorted(role.value for role in SecondFactorRule.from_text("registrar, examiner").roles)
        ['examiner', 'registrar']
        """
        if text in _WORDS:
            return cls(_WORDS[text])
        known = {role.value: role for role in Role}
        words = [word.strip() for word in text.split(",")]
        wrong = [word for word in words if word not in known]
        if wrong:
            needed = f"personal, everybody, nobody, or roles separated by commas: {', '.join(known)}"
            raise InputError(place="HOMEWARD_SECOND_FACTOR", found=f'"{wrong[0][:40]}"', needed=needed)
        return cls(frozenset(known[word] for word in words))

    def asks(self, roles: Iterable[Role]) -> bool:
        """Returns whether somebody of these roles needs a second factor."""
        return not self.roles.isdisjoint(roles)
