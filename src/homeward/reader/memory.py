"""Memory: what a provider keeps in mind from one sentence to the next: who spoke, who acted, what was done."""

from dataclasses import dataclass, field
from typing import Self

from homeward.reader.attribution import Names
from homeward.reader.claims import Status
from homeward.reader.scene import Scene

__all__ = ["Memory"]


@dataclass(slots=True)
class Memory(Scene):
    """The scene of a document with the memory of one provider."""

    speaker_party: str | None = None
    last_subject: str | None = None
    last_status: Status = Status.CARRIED_OUT
    names: Names = field(default_factory=Names)

    @classmethod
    def of(cls, scene: Scene) -> Self:
        """Returns the memory at the beginning of the document: whoever publishes it speaks first."""
        return cls(scene.gazetteer, scene.conflict, scene.mentions, scene.publisher, speaker_party=scene.publisher)
