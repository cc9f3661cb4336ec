"""What every template may ask about the installation."""

from django.http import HttpRequest

from homeward.installation.queries import is_simulated, known_kind
from homeward.installation.vocabulary import Kind

__all__ = ["Shown", "installation", "installation_without_database"]


class Shown:
    """What a page shows of the installation; asked of the database only by a template that shows it."""

    @property
    def simulated(self) -> bool:
        """Whether what stands here is made up."""
        return is_simulated()


class ShownWithoutDatabase(Shown):
    """The same for pages that tell of a failure, as far as this process knows it."""

    @property
    def simulated(self) -> bool:
        """Whether what stands here is made up, where that was asked before."""
        return known_kind() is Kind.SIMULATED


def installation(_request: HttpRequest) -> dict[str, object]:
    """Returns `installation`, so that a template can ask `{% if installation.simulated %}`."""
    return {"installation": Shown()}


def installation_without_database() -> dict[str, object]:
    """Returns the same without a question to the database."""
    return {"installation": ShownWithoutDatabase()}
