"""Blocks of rows: every row once, counts that add up, and what is told on the way."""

import numpy as np
import pytest

from pynomaly.kernels import blocks
from pynomaly.kernels.bins import bin_edges, pace_of_bins


@pytest.mark.interpreted
@pytest.mark.parametrize("n_jobs", [1, 3])
@pytest.mark.parametrize("n", [0, 1, 7, 8, 30])
def test_watched_blocks_hand_out_every_row_once(n, n_jobs):
    seen = np.zeros(n, int)

    def work(start, stop):
        seen[start:stop] += 1

    blocks.watched_blocks(work, n, 8, n_jobs)
    assert (seen == 1).all()


def test_only_several_blocks_open_a_bar(monkeypatch):
    opened, real = [], blocks.progress
    monkeypatch.setattr(blocks, "progress", lambda total, label: opened.append((total, label)) or real(total, label))
    blocks.watched_blocks(lambda start, stop: None, 8, 8)
    assert opened == []
    blocks.watched_blocks(lambda start, stop: None, 9, 8, label="Counting")
    assert opened == [(9, "Counting")]


@pytest.mark.parametrize("n_jobs", [1, 4])
def test_tallies_of_blocks_add_up(n_jobs):
    values, steps, total = np.random.default_rng(0).integers(0, 5, size=10_000), [], np.ones(5, np.int64)
    blocks.tally_blocks(lambda start, stop: np.bincount(values[start:stop], minlength=5), total, len(values), 100, n_jobs, steps.append)
    assert (total == np.bincount(values, minlength=5) + 1).all() and sum(steps) == len(values)


def test_a_multiplication_finds_the_bin_except_near_an_edge():
    low, high, bins = np.array([-3.0, 1e9]), np.array([5.0, 1e9 + 1.0]), np.array([7, 3])
    edges = bin_edges(low, high, bins)
    scale, margin = pace_of_bins(edges, bins)
    for j in range(2):
        x = np.random.default_rng(j).uniform(low[j], high[j], 5000)
        place = (x - edges[j, 0]) * scale[j]
        sure = np.minimum(place % 1.0, 1.0 - place % 1.0) > margin[j]
        assert sure.mean() > 0.99
        assert (place[sure].astype(int) == np.searchsorted(edges[j], x[sure], side="right") - 1).all()


def test_states_go_to_a_device_and_back():
    torch = pytest.importorskip("torch")
    from pynomaly.kernels.clusters import Clusters
    from pynomaly.kernels.forest import Forest
    from pynomaly.kernels.gpu.moving import to_arrays, to_device

    forest = Forest(*(np.full((2, 3), k, np.float32) for k in range(4)), 1.5)
    there = to_device(forest, "cpu")
    assert type(there) is Forest and isinstance(there.length, torch.Tensor) and there.normaliser == 1.5
    assert to_device(there, "cpu").length is there.length  # a tensor that is there already stays
    back = to_arrays(there)
    assert type(back) is Forest and all((a == b).all() for a, b in zip(back[:4], forest[:4], strict=True))
    clusters = Clusters(np.zeros((2, 1)), np.array([True, False]), np.ones(2), np.array([3, 4]))
    assert to_device(clusters, "cpu").large.dtype is torch.bool


def test_row_blocks_cover_all_rows_with_at_most_so_many_values():
    torch = pytest.importorskip("torch")
    from pynomaly.kernels.gpu.parts import row_blocks

    rows = torch.arange(20).reshape(10, 2)
    cut = list(row_blocks(rows, 7))
    assert [len(block) for _, block in cut] == [3, 3, 3, 1] and all((rows[part] == block).all() for part, block in cut)
    assert [len(block) for _, block in row_blocks(rows, 7, width=100)] == [1] * 10
