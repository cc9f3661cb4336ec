"""What follows from a case before any rule is asked: who is proposed, by which kind of evidence, how probable."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from homeward.identification.cases import Candidate, Case, Evidence
from homeward.identification.posterior import Posterior, posterior_of
from homeward.identification.vocabulary import Finding

__all__ = ["Weighing"]


@dataclass(frozen=True)
class Weighing:
    """A case with its posteriors, each computed once when a rule asks for it."""

    case: Case

    @cached_property
    def proposed(self) -> tuple[Candidate, ...]:
        """The proposed persons; one who is not among the candidates has no ratio."""
        by_person = {candidate.person: candidate for candidate in self.case.candidates}
        return tuple(by_person.get(person, Candidate(person)) for person in self.case.proposal)

    def items_on(self, person: str) -> tuple[Evidence, ...]:
        """Returns the evidence that concerns a person; what names nobody concerns everybody."""
        return tuple(item for item in self.case.evidence if item.person in (person, None))

    def has_other_primary(self, person: str) -> bool:
        """Whether fingerprints, teeth or an implant's serial number match this very person."""
        return any(
            item.kind.is_primary_beside_dna and item.finding is Finding.MATCH and item.person == person
            for item in self.case.evidence
        )

    @cached_property
    def is_by_dna(self) -> bool:
        """Whether some proposed person rests on DNA, for lack of another primary identifier that matches."""
        return not all(self.has_other_primary(candidate.person) for candidate in self.proposed)

    @cached_property
    def duplicates(self) -> frozenset[str]:
        """Persons who may be a proposed person under a second name: named so by either of the two rows."""
        ours = set(self.case.proposal)
        named = {person for candidate in self.proposed for person in candidate.same_as}
        naming = {candidate.person for candidate in self.case.candidates if ours & set(candidate.same_as)}
        return frozenset(named | naming)

    @cached_property
    def counted(self) -> frozenset[str]:
        """Whose posteriors are asked for the threshold: the proposed persons with their duplicates."""
        return frozenset(self.case.proposal) | self.duplicates

    @cached_property
    def posterior(self) -> Posterior:
        """The posterior by likelihood ratio alone."""
        return self._posterior({candidate.person: candidate.log10_lr for candidate in self.case.candidates})

    @cached_property
    def together(self) -> float:
        """How probable it is that the remains are one of the proposed persons."""
        return self.posterior.together(self.counted)

    @cached_property
    def together_at_lowest(self) -> float:
        """The same with every candidate's lowest ratio over populations and values of theta."""
        lowest = {candidate.person: candidate.log10_lr_at_lowest for candidate in self.case.candidates}
        return self._posterior(lowest).together(self.counted)

    @cached_property
    def together_with_circumstances(self) -> float:
        """The same with the weights that circumstances give."""
        weights = {candidate.person: candidate.weight for candidate in self.case.candidates}
        ratios = {candidate.person: candidate.log10_lr for candidate in self.case.candidates}
        return self._posterior(ratios, weights).together(self.counted)

    @cached_property
    def best_family(self) -> float:
        """How probable it is that the remains are anybody of a proposed person's group, whichever is the likeliest."""
        groups = {candidate.group for candidate in self.proposed if candidate.group is not None}
        members = [{c.person for c in self.case.candidates if c.group == group} for group in groups]
        return max((self.posterior.together(self.counted | group) for group in members), default=0.0)

    def _posterior(
        self, log10_lrs: Mapping[str, float | None], weights: Mapping[str, float] | None = None
    ) -> Posterior:
        settings = self.case.settings
        return posterior_of(
            log10_lrs,
            n_listed=settings.n_listed,
            share=settings.share,
            weights=weights or {},
            rest_sum=self.case.rest_sum,
        )
