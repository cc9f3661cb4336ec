"""Where a result comes from: the version, parameters and seed that every result carries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from homeward import __version__

__all__ = ["Provenance"]


@dataclass(frozen=True)
class Provenance:
    """The origin of a result: what made it, from what, and with which parameters."""

    made_by: str
    version: str = __version__
    parameters: Mapping[str, str | int | float | bool | None] = field(default_factory=lambda: MappingProxyType({}))

    def as_json(self) -> dict[str, object]:
        """Returns the origin as a JSON object."""
        return {"made_by": self.made_by, "version": self.version, "parameters": dict(self.parameters)}
