"""What the public pages keep: documents that take long to make, made once in the background."""

from django.db import models

__all__ = ["Rendition"]


class Rendition(models.Model):
    """The brief as a PDF: of one state of the record (`stamp`), one day and one language."""

    stamp = models.CharField(max_length=64)
    on = models.DateField()
    language = models.CharField(max_length=8)
    content = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [models.UniqueConstraint(fields=["stamp", "on", "language"], name="rendition_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.language}"
