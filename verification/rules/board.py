"""The case as a board sees it, and Homeward's verdict on it: the only place here that asks Homeward anything."""

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.identification.cases import Candidate, Case, Dossier, Individual, People, Search, Settings
from homeward.identification.rules import Judgement, judge
from homeward.identification.sentences import Language, sentence
from homeward.identification.vocabulary import References, RemainsAgree

__all__ = ["Asked", "Family", "verdict", "ways_out"]

BOARD = ("bob", "charlie", "dana")
SIGNERS = BOARD[:2]
PEOPLE = People(recommends="alice", signs=SIGNERS, board=BOARD, second_factor=SIGNERS)
DOSSIER = Dossier("frozen", dict.fromkeys(SIGNERS, "frozen"))


@dataclass(frozen=True)
class Asked:
    """The list, and the share of bodies whose person is expected on it; all thresholds are Homeward's own."""

    n_listed: int
    share: float

    def settings(self, spent: float) -> Settings:
        """Returns Homeward's settings, with so many expected wrong names of the deal already spent."""
        return Settings(n_listed=self.n_listed, share=self.share, spent=spent)


@dataclass(frozen=True)
class Family:
    """A candidate: the ratio, the lowest one over populations and values of theta, what is known of the donors."""

    person: str
    log10_lr: float
    lowest_log10_lr: float
    n_donors: int
    resampled: bool = False
    references_agree: bool = True
    decided: bool = False


def verdict(
    families: Sequence[Family],
    proposed: str,
    asked: Asked,
    *,
    rest_sum: float | None = None,
    spent: float = 0.0,
    samples_agree: bool = True,
) -> Judgement:
    """Returns what stands against the name, everything else being in order: asked, cleared, consented, signed."""
    candidates = tuple(
        Candidate(
            family.person,
            log10_lr=family.log10_lr,
            lowest_log10_lr=family.lowest_log10_lr,
            n_donors=family.n_donors,
            resampled=family.resampled,
            references=References.AGREE if family.references_agree else References.CONTRADICT,
            decided="earlier" if family.decided else None,
        )
        for family in families
    )
    agree = RemainsAgree.YES if samples_agree else RemainsAgree.NO
    return judge(
        Case(
            name=proposed,
            settings=asked.settings(spent),
            individual=Individual(("remains",), consistent=agree, n_samples=2),
            proposal=(proposed,),
            candidates=candidates,
            search=Search(asked.n_listed),
            people=PEOPLE,
            dossier=DOSSIER,
            rest_sum=rest_sum,
        )
    )


def ways_out(code: str) -> str:
    """Returns the sentence that tells the person who is refused what would lift a rule."""
    return sentence(code, Language.ENGLISH).lifted_by
