"""A whole search: the same answer in any order, blocks, threads, after interruption, with and without tables."""

import pickle
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.search.conftest import Example
from tests.search.slow_path import slow_log10_lr

from homeward.errors import InputError
from homeward.search import runs
from homeward.search.posteriors import Findings, Prior, weighed
from homeward.search.runners.local import LocalRunner
from homeward.search.runs import Block, SearchJob, blocks_of, nothing_found, run_search, search_block
from homeward.search.samples import encode_samples


def listed(job: SearchJob, findings: Findings, n_listed: int) -> pa.Table:
    return weighed(findings, job.samples.names, Prior(n_listed), min_log10_lr=job.min_log10_lr).pairs


@pytest.fixture(scope="module")
def shortlist(example: Example) -> pa.Table:
    return listed(example.job, run_search(example.job, example.members, LocalRunner(1)), len(example.members))


def keys(table: pa.Table) -> list[tuple[str, str, str]]:
    columns = [table[name].to_pylist() for name in ("remains", "family", "missing")]
    return list(zip(*columns, strict=True))


def test_run_search__lists_exactly_the_pairs_that_the_slow_path_finds(example: Example, shortlist: pa.Table) -> None:
    found = dict(zip(keys(shortlist), shortlist["log10_lr"].to_pylist(), strict=True))
    n_checked = 0
    for sample in example.remains[:20]:
        for member in example.members:
            slow = slow_log10_lr(member, sample, example.layout)
            pair = (sample.name, member.family.name, member.missing)
            if pair in found:
                assert found[pair] == pytest.approx(slow, abs=1e-9), pair
            else:
                assert slow < 2.0 + 1e-9, pair
            n_checked += 1
    assert n_checked == 20 * len(example.members)


def test_run_search__finds_most_of_the_truth(example: Example, shortlist: pa.Table) -> None:
    truth = {(sample.name, *person) for sample, person in zip(example.remains, example.truth, strict=True) if person}
    assert len(truth & set(keys(shortlist))) > 0.8 * len(truth)


def test_run_search__adds_up_the_contributions_of_the_loci(example: Example, shortlist: pa.Table) -> None:
    for row in shortlist.to_pylist():
        parts = [row[f"log10_lr:{locus}"] for locus in example.markers.loci]
        read = [part for part in parts if part is not None]
        assert row["log10_lr"] == pytest.approx(sum(read))
        assert row["loci_compared"] == len(read)
        assert row["n_inconsistent"] == len([name for name in row["inconsistent_loci"].split(";") if name])
        assert 0 < row["posterior"] <= 1


@pytest.mark.parametrize(("threads", "size"), [(1, 7), (2, 32), (2, 1000)])
def test_run_search__gives_the_same_in_any_order_blocks_and_threads(
    example: Example, shortlist: pa.Table, threads: int, size: int
) -> None:
    members = list(reversed(example.members))
    found = run_search(example.job, members, LocalRunner(threads), block_size=size)
    assert listed(example.job, found, len(members)).equals(shortlist)


def test_run_search__gives_the_same_for_parts_of_the_remains(example: Example, shortlist: pa.Table) -> None:
    parts = []
    for start in range(0, len(example.remains), 13):
        samples = encode_samples(example.remains[start : start + 13], example.layout)
        job = SearchJob(example.markers, example.layout, samples, example.job.min_log10_lr)
        parts.append(listed(job, run_search(job, example.members, LocalRunner(1)), len(example.members)))
    assert sorted(map(str, pa.concat_tables(parts).to_pylist())) == sorted(map(str, shortlist.to_pylist()))


def test_run_search__gives_the_same_from_tables_on_disk(
    example: Example, shortlist: pa.Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = SearchJob(example.markers, example.layout, example.job.samples, 2.0, tmp_path)
    n = len(example.members)
    assert listed(job, run_search(job, example.members, LocalRunner(2)), n).equals(shortlist)
    again = SearchJob(example.markers, example.layout, example.job.samples, 2.0, tmp_path)
    monkeypatch.setattr("homeward.search.tables._computed", lambda *_: pytest.fail("a table was computed again"))
    assert listed(again, run_search(again, example.members, LocalRunner(1), block_size=11), n).equals(shortlist)


@pytest.mark.parametrize("size", [1, 40])
def test_findings__of_a_new_family_and_of_the_others_give_the_whole_search(
    example: Example, shortlist: pa.Table, size: int
) -> None:
    before = run_search(example.job, example.members[size:], LocalRunner(1))
    new = run_search(example.job, example.members[:size], LocalRunner(1))
    both = Findings.together([new, before], nothing_found(example.job))
    assert listed(example.job, both, len(example.members)).equals(shortlist)


def test_run_search__goes_on_where_it_was_stopped(
    example: Example, shortlist: pa.Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def stopping(job: SearchJob, block: Block) -> Findings:
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(block.key)
        return search_block(job, block)

    monkeypatch.setattr("homeward.search.runners.local.search_block", stopping)
    with pytest.raises(KeyboardInterrupt):
        run_search(example.job, example.members, LocalRunner(1), kept_in=tmp_path, block_size=10)
    before = len(list(tmp_path.glob("*.parquet")))
    assert 1 <= before <= 3
    later: list[str] = []

    def counting(job: SearchJob, block: Block) -> Findings:
        later.append(block.key)
        return search_block(job, block)

    monkeypatch.setattr("homeward.search.runners.local.search_block", counting)
    told: list[int] = []
    found = run_search(
        example.job, example.members, LocalRunner(1), kept_in=tmp_path, block_size=10, on_block=told.append
    )
    assert listed(example.job, found, len(example.members)).equals(shortlist)
    assert len(later) == len(blocks_of(example.job, example.members, size=10)) - before
    assert sum(told) == len(example.members)


def test_run_search__does_not_trust_a_broken_or_foreign_part(
    example: Example, shortlist: pa.Table, tmp_path: Path
) -> None:
    first, second, *_ = blocks_of(example.job, example.members, size=10)
    (tmp_path / f"{first.key}.parquet").write_bytes(b"half a file")
    pq.write_table(pa.table({"x": [1]}), tmp_path / f"{second.key}.parquet")
    found = run_search(example.job, example.members, LocalRunner(1), kept_in=tmp_path, block_size=10)
    assert listed(example.job, found, len(example.members)).equals(shortlist)


def test_blocks_of__have_other_keys_when_anything_that_matters_changes(example: Example) -> None:
    def key(job: SearchJob) -> str:
        return blocks_of(job, example.members[:5])[0].key

    job = example.job
    stricter = SearchJob(job.markers, job.layout, job.samples, 3.0)
    fewer = SearchJob(job.markers, job.layout, job.samples.part(range(5)), 2.0)
    renamed = blocks_of(job, example.members[1:6])[0].key
    assert len({key(job), key(stricter), key(fewer), renamed}) == 4
    assert key(job) == key(SearchJob(job.markers, job.layout, job.samples, 2.0))


def test_search_job__travels_to_another_process(example: Example) -> None:
    block = blocks_of(example.job, example.members, size=20)[0]
    job, same_block = pickle.loads(pickle.dumps((example.job, block)))
    here, there = search_block(job, same_block), search_block(example.job, block)
    assert here.pairs.equals(there.pairs)
    assert (here.units == there.units).all()


def test_search_job__refuses_a_threshold_that_is_no_number(example: Example) -> None:
    with pytest.raises(InputError, match="min_log10_lr"):
        SearchJob(example.markers, example.layout, example.job.samples, float("nan"))


def test_run_search__without_families_or_remains_is_an_empty_shortlist(example: Example) -> None:
    assert run_search(example.job, [], LocalRunner(1)).pairs.num_rows == 0
    nobody = SearchJob(example.markers, example.layout, encode_samples([], example.layout), 2.0)
    assert run_search(nobody, example.members, LocalRunner(1)).pairs.num_rows == 0


def test_block_size__keeps_blocks_small_enough_for_memory() -> None:
    assert runs.BLOCK_SIZE * 20_000 * 8 < 200e6
