import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from homeward.errors import InputError
from homeward.genetics.mutation import MutationKind, MutationModel

REFERENCE = Path(__file__).parents[1] / "reference" / "kinship" / "mutation_matrices.json.gz"
ENTRIES = json.loads(gzip.decompress(REFERENCE.read_bytes()))["matrices"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry['marker']}-{entry['mutation']['model']}")
def test_matrix__agrees_with_pedmut(entry) -> None:
    data = entry["mutation"]
    model = MutationModel(MutationKind(data["model"]), data["rate"], data.get("rate2", 0.0), data.get("range", 0.1))
    matrix = model.matrix(entry["alleles"], np.array(entry["frequencies"]))
    assert np.allclose(matrix, entry["matrix"], rtol=1e-12, atol=0)


def test_matrix__keeps_the_silent_allele_as_it_is() -> None:
    matrix = MutationModel(MutationKind.PROPORTIONAL, 0.01).matrix(
        ["9", "10"], np.array([0.4, 0.5]), silent_frequency=0.1
    )
    assert matrix[2].tolist() == [0, 0, 1]
    assert matrix[:2, 2].tolist() == [0, 0]
    assert np.array([0.4, 0.5]) @ matrix[:2, :2] == pytest.approx([0.4, 0.5], rel=1e-14)


@pytest.mark.parametrize("values", [{"rate": -0.1}, {"rate": 0.7, "rate2": 0.5}, {"step_range": 0.0}])
def test_mutation_model__refuses_what_is_no_probability(values) -> None:
    with pytest.raises(InputError):
        MutationModel(MutationKind.STEPWISE, **values)


def test_mutation_model__refuses_a_custom_row_that_does_not_add_up() -> None:
    with pytest.raises(InputError, match='row "10"'):
        MutationModel(MutationKind.CUSTOM, custom=((1.0, 0.0), (0.5, 0.4)), custom_alleles=("9", "10"))
