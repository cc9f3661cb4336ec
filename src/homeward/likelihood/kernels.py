"""Kernels: peeling one marker by a plan's program, and the same over many markers and families.

A program is one int64 array:

    header    n_variables, n_typed, n_initial_factors, n_steps, most inputs of a step
    variables kind, typed row                                           (per variable)
    typed     1 if the member carries one gamete only (a male on X)     (per typed member)
    factors   kind, n_variables, v0, v1, v2, sex, side of parent, side of child, selected value
    steps     eliminated variable or -1, n_inputs, inputs..., n_outputs, outputs...

Kinds are those of networks.py (VariableKind, FactorKind), written as numbers here because kernels know no classes.
Tables are C-ordered over their variables. Members' phases come as pairs of states with weights.
"""

import math

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.acceleration import kernel

__all__ = [
    "add_tables_with_theta",
    "average_over_founders",
    "fill_phases",
    "peel",
    "peel_markers",
    "reading_probability",
    "tabulate_families",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST_AXES = 20
SMALLEST_UNSCALED = 1e-40


@kernel
def reading_probability(
    first: int, second: int, x: int, y: int, silent: int, conditions: Floats, frequencies: Floats
) -> float:
    """P(the alleles ``first`` and ``second`` are read | states x and y), equal where one allele is read.

    ``conditions`` are drop-out d, drop-in c and error (which is the caller's: it needs all genotypes). x is -1 for a
    member with one gamete. A heterozygote's allele is lost with d, both copies of a homozygote with d squared; alleles
    that the genotype does not have dropped in, with c p each, and 1 - c says that none did (Gill and others 2012).
    """
    d, c = conditions[0], conditions[1]
    result = 1.0
    if x == y and x != silent:
        result = 1.0 - d * d if x in (first, second) else d * d
    else:
        if x >= 0 and x != silent:
            result *= 1.0 - d if x in (first, second) else d
        if y != silent:
            result *= 1.0 - d if y in (first, second) else d
    n_dropped_in = 0
    if first != x and first != y:
        result *= c * frequencies[first]
        n_dropped_in += 1
    if second != first and second != x and second != y:
        result *= c * frequencies[second]
        n_dropped_in += 1
    return result if n_dropped_in > 0 else result * (1.0 - c)


@kernel
def fill_phases(
    first: int,
    second: int,
    hemizygous: int,
    n_alleles: int,
    silent: int,
    conditions: Floats,
    frequencies: Floats,
    paternal: Integers,
    maternal: Integers,
    weights: Floats,
) -> int:
    """How many ordered genotypes may stand behind the reading {first, second}; writes them with P(reading | genotype).

    ``silent`` is the index of the silent state or -1; ``conditions`` are drop-out, drop-in and error. With drop-in or
    error any genotype may: all are written, or all single states for a member with one gamete.
    """
    n, error = len(frequencies), conditions[2]
    count = 0
    if conditions[1] > 0.0 or error > 0.0:
        for x in range(-1 if hemizygous else 0, 0 if hemizygous else n):
            for y in range(n):
                paternal[count], maternal[count] = y if hemizygous else x, y
                count += 1
    else:
        paternal[0], maternal[0] = first, second
        count = 1
        if first != second and not hemizygous:
            paternal[1], maternal[1] = second, first
            count = 2
        elif not hemizygous:
            if silent >= 0:
                paternal[1], maternal[1] = first, silent
                paternal[2], maternal[2] = silent, first
                count = 3
            for other in range(n_alleles if conditions[0] > 0.0 else 0):
                if other != first:
                    paternal[count], maternal[count] = first, other
                    paternal[count + 1], maternal[count + 1] = other, first
                    count += 2
    by_chance = 0.0
    for i in range(count):
        x = -1 if hemizygous else paternal[i]
        weights[i] = reading_probability(first, second, x, maternal[i], silent, conditions, frequencies)
        by_chance += weights[i] * frequencies[maternal[i]] * (1.0 if hemizygous else frequencies[paternal[i]])
    if error > 0.0:
        for i in range(count):
            weights[i] = (1.0 - error) * weights[i] + error * by_chance
    return count


@kernel
def _state(kind: int, row: int, side: int, value: int, paternal: Integers, maternal: Integers) -> int:
    """The allele that a variable's value means: itself for a gamete, one side of the phase for a typed member."""
    if kind == 0:
        return value
    return int(paternal[row, value]) if side == 0 else int(maternal[row, value])


@kernel
def _fill_reading(
    n_phases: int, n_maternal: int, table: Floats, paternal: Integers, maternal: Integers, weights: Floats
) -> None:
    """Writes P(reading | gametes); ``n_maternal`` is 0 for a member with the maternal gamete only."""
    table[:] = 0.0
    for i in range(n_phases):
        table[n_maternal * paternal[i] + maternal[i]] += weights[i]


@kernel
def _fill_factor(
    program: Integers,
    at: int,
    table: Floats,
    dims: Integers,
    frequencies: Floats,
    matrices: Floats,
    paternal: Integers,
    maternal: Integers,
    weights: Floats,
    n_phases: Integers,
    founders_counted: int,
) -> None:
    """Writes one initial factor into ``table``."""
    kind, parent, child = program[at], program[at + 2], program[at + 3]
    parent_kind, parent_row = program[5 + 2 * parent], program[6 + 2 * parent]
    if kind == 0:
        for i in range(dims[parent]):
            table[i] = frequencies[i]
        return
    if kind == 6:
        row = program[at + 8]
        n_maternal = 0 if program[5 + 2 * program[0] + row] else len(frequencies)
        _fill_reading(n_phases[row], n_maternal, table, paternal[row], maternal[row], weights[row])
        return
    if kind <= 2:
        hemizygous = program[5 + 2 * program[0] + parent_row]
        for i in range(dims[parent]):
            table[i] = weights[parent_row, i]
            if kind == 1 and not founders_counted:
                table[i] *= frequencies[maternal[parent_row, i]]
                if not hemizygous:
                    table[i] *= frequencies[paternal[parent_row, i]]
        return
    sex, parent_side, child_side, selected = program[at + 5], program[at + 6], program[at + 7], program[at + 8]
    child_kind, child_row = program[5 + 2 * child], program[6 + 2 * child]
    cell = 0
    for i in range(dims[parent]):
        x = _state(parent_kind, parent_row, parent_side, i, paternal, maternal)
        for j in range(dims[child]):
            y = _state(child_kind, child_row, child_side, j, paternal, maternal)
            value = matrices[sex, x, y]
            if kind == 3:
                table[cell] = value
                cell += 1
            elif kind == 4:
                table[cell + selected] = 0.5 * value if selected == 0 else value
                table[cell + 1 - selected] = 0.5 if selected == 0 else 1.0
                cell += 2
            else:
                table[cell] = 0.5 * (value + matrices[sex, paternal[parent_row, i], y])
                cell += 1


@kernel
def _multiply_row(
    values: Floats, n_inputs: int, at: Integers, strides: Integers, axis: int, n: int, to: int, step: int
) -> None:
    """Adds, along one axis, the product of the inputs to the output cells (one cell where ``step`` is 0)."""
    if step == 0:
        total = 0.0
        if n_inputs == 1:
            for i in range(n):
                total += values[at[0] + i * strides[0, axis]]
        elif n_inputs == 2:
            for i in range(n):
                total += values[at[0] + i * strides[0, axis]] * values[at[1] + i * strides[1, axis]]
        else:
            for i in range(n):
                product = values[at[0] + i * strides[0, axis]] * values[at[1] + i * strides[1, axis]]
                for f in range(2, n_inputs):
                    product *= values[at[f] + i * strides[f, axis]]
                total += product
        values[to] += total
    elif n_inputs == 1:
        for i in range(n):
            values[to + i * step] += values[at[0] + i * strides[0, axis]]
    else:
        for i in range(n):
            product = values[at[0] + i * strides[0, axis]] * values[at[1] + i * strides[1, axis]]
            for f in range(2, n_inputs):
                product *= values[at[f] + i * strides[f, axis]]
            values[to + i * step] += product


@kernel
def _contract(
    values: Floats,
    n_inputs: int,
    at: Integers,
    strides: Integers,
    n_axes: int,
    sizes: Integers,
    to: int,
    steps: Integers,
) -> None:
    """Sums the product of the inputs over all cells of a clique into the output table at ``to`` (zeroed before)."""
    if n_axes == 0:
        product = 1.0
        for f in range(n_inputs):
            product *= values[at[f]]
        values[to] += product
        return
    inner = 0
    for axis in range(1, n_axes):
        if sizes[axis] >= sizes[inner]:
            inner = axis
    index = np.zeros(MOST_AXES, dtype=np.int64)
    while True:
        _multiply_row(values, n_inputs, at, strides, inner, sizes[inner], to, steps[inner])
        axis = n_axes - 1
        while axis >= 0:
            if axis != inner:
                index[axis] += 1
                if index[axis] < sizes[axis]:
                    to += steps[axis]
                    for f in range(n_inputs):
                        at[f] += strides[f, axis]
                    break
                index[axis] = 0
                to -= steps[axis] * (sizes[axis] - 1)
                for f in range(n_inputs):
                    at[f] -= strides[f, axis] * (sizes[axis] - 1)
            axis -= 1
        if axis < 0:
            return


@kernel
def _set_table(
    factor: int, n: int, axes: Integers, start: int, scopes: Integers, dims: Integers, where: Integers
) -> int:
    """Notes a table's variables and place; returns the number of its cells."""
    size = 1
    for k in range(n):
        scopes[factor, k] = axes[start + k]
        size *= dims[axes[start + k]]
    scopes[factor, MOST_AXES] = n
    where[factor + 1] = where[factor] + size
    return size


@kernel
def _strides_of(
    factor: int, scopes: Integers, dims: Integers, clique: Integers, n_axes: int, strides: Integers
) -> None:
    """Steps in memory of one table along each axis of the clique (0 where the table does not depend on it)."""
    for axis in range(n_axes):
        strides[axis] = 0
    stride = 1
    for k in range(scopes[factor, MOST_AXES] - 1, -1, -1):
        for axis in range(n_axes):
            if clique[axis] == scopes[factor, k]:
                # Added, not set: where the two gametes of a reading are copies of one another, its table has one
                # variable twice, and only its diagonal counts.
                strides[axis] += stride
        stride *= dims[scopes[factor, k]]


@kernel
def _rescale(values: Floats, start: int, size: int) -> float:
    """Log10 of what was taken out of a table that has become very small: 0 if nothing, -inf if it is all zero."""
    largest = 0.0
    for i in range(start, start + size):
        largest = max(largest, values[i])
    if largest == 0.0:
        return -math.inf
    if largest > SMALLEST_UNSCALED:
        return 0.0
    for i in range(start, start + size):
        values[i] /= largest
    return math.log10(largest)


@kernel
def peel(
    program: Integers,
    frequencies: Floats,
    matrices: Floats,
    paternal: Integers,
    maternal: Integers,
    weights: Floats,
    n_phases: Integers,
    founders_counted: int,
    values: Floats,
    result: Floats,
) -> float:
    """Log10 scale of the result; writes the table over the kept gametes (one number if none) into ``result``.

    P = result * 10**scale; -inf if the data are impossible. ``values`` is working memory (Plan.workspace floats).
    With ``founders_counted`` typed founders add no frequencies (theta counts them elsewhere).
    """
    n_variables, n_typed, n_initial, n_steps = program[0], program[1], program[2], program[3]
    n_tables = n_initial + n_steps
    dims = np.full(n_variables, 2, dtype=np.int64)
    for v in range(n_variables):
        if program[5 + 2 * v] == 0:
            dims[v] = len(frequencies)
        elif program[5 + 2 * v] == 1:
            dims[v] = n_phases[program[6 + 2 * v]]
    scopes = np.empty((n_tables, MOST_AXES + 1), dtype=np.int64)
    where = np.zeros(n_tables + 1, dtype=np.int64)
    cursor = 5 + 2 * n_variables + n_typed
    for factor in range(n_initial):
        size = _set_table(factor, program[cursor + 1], program, cursor + 2, scopes, dims, where)
        table = values[where[factor] : where[factor] + size]
        _fill_factor(
            program,
            cursor,
            table,
            dims,
            frequencies,
            matrices,
            paternal,
            maternal,
            weights,
            n_phases,
            founders_counted,
        )
        cursor += 9
    strides = np.empty((program[4] + 1, MOST_AXES), dtype=np.int64)
    at = np.empty(program[4] + 1, dtype=np.int64)
    clique = np.empty(MOST_AXES, dtype=np.int64)
    sizes = np.empty(MOST_AXES, dtype=np.int64)
    scale = 0.0
    for step in range(n_steps):
        eliminated, n_inputs = program[cursor], program[cursor + 1]
        n_outputs = program[cursor + 2 + n_inputs]
        output = n_initial + step
        size = _set_table(output, n_outputs, program, cursor + 3 + n_inputs, scopes, dims, where)
        values[where[output] : where[output] + size] = 0.0
        for axis in range(n_outputs):
            clique[axis] = scopes[output, axis]
        n_axes = n_outputs
        if eliminated >= 0:
            clique[n_axes] = eliminated
            n_axes += 1
        for axis in range(n_axes):
            sizes[axis] = dims[clique[axis]]
        for f in range(n_inputs):
            at[f] = where[program[cursor + 2 + f]]
            _strides_of(program[cursor + 2 + f], scopes, dims, clique, n_axes, strides[f])
        _strides_of(output, scopes, dims, clique, n_axes, strides[n_inputs])
        _contract(values, n_inputs, at, strides, n_axes, sizes, where[output], strides[n_inputs])
        scale += _rescale(values, where[output], size)
        if scale == -math.inf:
            result[:] = 0.0
            return scale
        cursor += 3 + n_inputs + n_outputs
    last = where[n_tables - 1]
    for i in range(where[n_tables] - last):
        result[i] = values[last + i]
    return scale


@kernel
def _lower(code: int) -> int:
    """The larger index b of the triangular code b(b+1)/2 + a."""
    b = int((math.sqrt(8.0 * code + 1.0) - 1.0) / 2.0)
    while (b + 1) * (b + 2) // 2 <= code:
        b += 1
    while b * (b + 1) // 2 > code:
        b -= 1
    return b


@kernel
def _read_phases(
    program: Integers,
    codes: Integers,
    conditions: Floats,
    size: Integers,
    frequencies: Floats,
    paternal: Integers,
    maternal: Integers,
    weights: Floats,
    n_phases: Integers,
) -> None:
    """Writes the phases of all typed members at one marker from their codes (see panels.py)."""
    first_flag = 5 + 2 * program[0]
    for row in range(program[1]):
        second = _lower(codes[row])
        n_phases[row] = fill_phases(
            codes[row] - second * (second + 1) // 2,
            second,
            program[first_flag + row],
            size[1],
            size[2],
            conditions[row],
            frequencies,
            paternal[row],
            maternal[row],
            weights[row],
        )


@kernel
def peel_markers(
    program: Integers,
    loci: Integers,
    sizes: Integers,
    offsets: Integers,
    frequencies: Floats,
    matrices: Floats,
    codes: Integers,
    conditions: Floats,
    most_phases: int,
    values: Floats,
    result: Floats,
) -> None:
    """Log10 likelihood at each of the loci, written into ``result`` (-inf if impossible).

    ``sizes`` and ``offsets`` describe the panel (see panels.py), ``codes`` is (n_markers, n_typed), and
    ``conditions`` (n_markers, n_typed, 3).
    """
    n_typed = program[1]
    paternal = np.empty((n_typed, most_phases), dtype=np.int64)
    maternal = np.empty((n_typed, most_phases), dtype=np.int64)
    weights = np.empty((n_typed, most_phases))
    n_phases = np.empty(n_typed, dtype=np.int64)
    cell = np.empty(1)
    for locus in loci:
        n = sizes[locus, 0]
        p = frequencies[offsets[locus, 0] : offsets[locus, 0] + n]
        _read_phases(program, codes[locus], conditions[locus], sizes[locus], p, paternal, maternal, weights, n_phases)
        m = matrices[offsets[locus, 1] : offsets[locus, 1] + 2 * n * n].reshape(2, n, n)
        scale = peel(program, p, m, paternal, maternal, weights, n_phases, 0, values, cell)
        result[locus] = scale + math.log10(cell[0]) if scale > -math.inf and cell[0] > 0.0 else -math.inf


@kernel
def _fold_genotypes(joint: Floats, frequencies: Floats, out: Floats) -> None:
    """Writes P(x is g, D) / (P(D) P(g)) for all genotypes g, from the table of x's two gametes."""
    total = joint.sum()
    for b in range(len(frequencies)):
        row = b * (b + 1) // 2
        for a in range(b):
            both = joint[a, b] + joint[b, a]
            out[row + a] = both / (total * 2.0 * frequencies[a] * frequencies[b])
        out[row + b] = joint[b, b] / (total * frequencies[b] * frequencies[b])


@kernel
def _fold_alleles(gamete: Floats, frequencies: Floats, out: Floats) -> None:
    """As _fold_genotypes for a member with one gamete: {a, a} is the state a, two states are impossible."""
    total = gamete.sum()
    out[:] = 0.0
    for a in range(len(frequencies)):
        out[a * (a + 3) // 2] = gamete[a] / (total * frequencies[a])


@kernel
def tabulate_families(
    program: Integers,
    n_kept: int,
    job_families: Integers,
    job_loci: Integers,
    rows: Integers,
    sizes: Integers,
    offsets: Integers,
    frequencies: Floats,
    matrices: Floats,
    codes: NDArray[np.int16],
    conditions: Floats,
    column_starts: Integers,
    most_phases: int,
    values: Floats,
    smallest: float,
    families: Integers,
    out: Floats,
    log10_likelihoods: Floats,
) -> None:
    """Tables of the free member for many (family, marker) pairs that share a plan.

    ``codes`` is (n_families of the group, n_typed of the group, n_markers) and ``rows`` the typed members that the plan
    knows; ``conditions`` is (n_families, n_typed, n_markers, 3), with one family or marker in place of all where they
    are alike. Family f of the group writes row ``families[f]`` of ``out`` (columns from ``column_starts``) and of
    ``log10_likelihoods``. A family whose data are impossible gets 0 in all columns. What is possible but below
    ``smallest`` is written as that.
    """
    n_typed = program[1]
    paternal = np.empty((n_typed, most_phases), dtype=np.int64)
    maternal = np.empty((n_typed, most_phases), dtype=np.int64)
    weights = np.empty((n_typed, most_phases))
    n_phases = np.empty(n_typed, dtype=np.int64)
    reading = np.empty(n_typed, dtype=np.int64)
    condition = np.empty((n_typed, 3))
    largest = sizes[:, 0].max()
    joint = np.empty(largest * largest)
    ratios = np.empty(largest * (largest + 1) // 2)
    for job in range(len(job_families)):
        f, locus = job_families[job], job_loci[job]
        n = sizes[locus, 0]
        of_family, of_locus = min(f, conditions.shape[0] - 1), min(locus, conditions.shape[2] - 1)
        for row in range(n_typed):
            reading[row] = codes[f, rows[row], locus]
            condition[row] = conditions[of_family, rows[row], of_locus]
        p = frequencies[offsets[locus, 0] : offsets[locus, 0] + n]
        m = matrices[offsets[locus, 1] : offsets[locus, 1] + 2 * n * n].reshape(2, n, n)
        _read_phases(program, reading, condition, sizes[locus], p, paternal, maternal, weights, n_phases)
        table = joint[: n**n_kept]
        scale = peel(program, p, m, paternal, maternal, weights, n_phases, 0, values, table)
        start, stop = column_starts[locus], column_starts[locus + 1]
        columns = ratios[: stop - start]
        if scale == -math.inf:
            columns[:] = 0.0
            log10_likelihoods[families[f], locus] = scale
        else:
            log10_likelihoods[families[f], locus] = scale + math.log10(table.sum())
            if n_kept == 2:
                _fold_genotypes(table.reshape(n, n), p, columns)
            else:
                _fold_alleles(table, p, columns)
        for i in range(stop - start):
            value = columns[i]
            out[families[f], start + i] = smallest if 0.0 < value < smallest else value


@kernel
def average_over_founders(
    program: Integers,
    nodes: Floats,
    node_weights: Floats,
    matrices: Floats,
    paternal: Integers,
    maternal: Integers,
    weights: Floats,
    n_phases: Integers,
    values: Floats,
) -> float:
    """Log10 of the weighted mean of the likelihood over a product grid of founder frequencies.

    ``nodes`` and ``node_weights`` are (n_states, n_nodes); typed founders are counted elsewhere.
    """
    n_states, n_nodes = nodes.shape
    index = np.zeros(n_states, dtype=np.int64)
    frequencies = nodes[:, 0].copy()
    cell = np.empty(1)
    total, reference = 0.0, -math.inf
    while True:
        weight = 1.0
        for state in range(n_states):
            weight *= node_weights[state, index[state]]
        scale = peel(program, frequencies, matrices, paternal, maternal, weights, n_phases, 1, values, cell)
        if scale > reference:
            total *= 10.0 ** (reference - scale)
            reference = scale
        if scale > -math.inf:
            total += weight * cell[0] * 10.0 ** (scale - reference)
        state = 0
        while state < n_states:
            index[state] += 1
            if index[state] < n_nodes:
                frequencies[state] = nodes[state, index[state]]
                break
            index[state] = 0
            frequencies[state] = nodes[state, 0]
            state += 1
        if state == n_states:
            return reference + math.log10(total) if total > 0.0 else -math.inf


@kernel
def _n_genotypes(n_phases: int, first: int, second: int) -> int:
    """How many true genotypes stand behind a reading's phases, as fill_phases orders them."""
    return 1 if first != second else 1 + (n_phases - 1) // 2


@kernel
def _choose_genotype(
    row: int,
    genotype: int,
    paternal: Integers,
    maternal: Integers,
    weights: Floats,
    n_phases: Integers,
    chosen_paternal: Integers,
    chosen_maternal: Integers,
    chosen_weights: Floats,
    n_chosen: Integers,
) -> None:
    """Copies the phases of one of a founder's true genotypes: a homozygote has one, a heterozygote two."""
    is_pair = paternal[row, 0] != maternal[row, 0] or genotype > 0
    start = 2 * genotype - 1 if genotype > 0 else 0
    n_chosen[row] = min(2 if is_pair else 1, n_phases[row])
    for i in range(n_chosen[row]):
        chosen_paternal[row, i] = paternal[row, start + i]
        chosen_maternal[row, i] = maternal[row, start + i]
        chosen_weights[row, i] = weights[row, start + i]


@kernel
def _draw_founders(
    program: Integers,
    is_founder: Integers,
    genotypes: Integers,
    paternal: Integers,
    maternal: Integers,
    weights: Floats,
    n_phases: Integers,
    frequencies: Floats,
    theta: float,
    own_paternal: Integers,
    own_maternal: Integers,
    own_weights: Floats,
    n_own: Integers,
    counts: Floats,
) -> float:
    """The probability of drawing typed founders' true genotypes one after the other; ``counts`` receives the alleles.

    It is not divided by the product of 1 + (drawn - 1) theta, which is the same for all genotypes.
    """
    shown = 1.0
    counts[:] = 0.0
    for row in range(len(is_founder)):
        if not is_founder[row]:
            continue
        _choose_genotype(
            row,
            genotypes[row],
            paternal,
            maternal,
            weights,
            n_phases,
            own_paternal,
            own_maternal,
            own_weights,
            n_own,
        )
        n_drawn = 1 if program[5 + 2 * program[0] + row] else 2
        for side in range(n_drawn):
            a = own_maternal[row, 0] if side == 0 else own_paternal[row, 0]
            shown *= theta * counts[a] + (1.0 - theta) * frequencies[a]
            counts[a] += 1.0
    return shown


@kernel
def _next_genotypes(
    genotypes: Integers, is_founder: Integers, paternal: Integers, maternal: Integers, n_phases: Integers
) -> bool:
    """Moves on to the next combination of the typed founders' true genotypes; False after the last one."""
    for row in range(len(genotypes)):
        if is_founder[row]:
            genotypes[row] += 1
            if genotypes[row] < _n_genotypes(n_phases[row], paternal[row, 0], maternal[row, 0]):
                return True
            genotypes[row] = 0
    return False


@kernel
def add_tables_with_theta(
    program: Integers,
    n_kept: int,
    on_diagonal: int,
    is_founder: Integers,
    codes: Integers,
    conditions: Floats,
    most_phases: int,
    size: Integers,
    frequencies: Floats,
    matrices: Floats,
    theta: float,
    weight: float,
    values: Floats,
    out: Floats,
) -> None:
    """Adds to ``out`` what one partition of the hidden founder gametes gives: P(readings, gametes kept), not divided.

    ``codes`` is (n_jobs, n_typed), ``conditions`` (n_jobs, n_typed, 3), ``out`` (n_jobs, cells) over the kept gametes.
    ``is_founder`` are typed founders who are one variable: their true genotypes are drawn first and counted; a block of
    hidden gametes then draws with (1 - theta) p + theta counts (see theta.py).
    ``on_diagonal`` is set where the two kept gametes are copies of one another.
    """
    n_typed, n = program[1], size[0]
    shape = (n_typed, most_phases)
    paternal, maternal, weights = np.empty(shape, dtype=np.int64), np.empty(shape, dtype=np.int64), np.empty(shape)
    own_paternal, own_maternal, own_weights = np.empty_like(paternal), np.empty_like(paternal), np.empty_like(weights)
    n_phases, n_own = np.empty(n_typed, dtype=np.int64), np.empty(n_typed, dtype=np.int64)
    at, counts, table = np.zeros(n_typed, dtype=np.int64), np.empty(n), np.empty(n**n_kept)
    for job in range(len(codes)):
        _read_phases(program, codes[job], conditions[job], size, frequencies, paternal, maternal, weights, n_phases)
        own_paternal[:], own_maternal[:], own_weights[:], n_own[:] = paternal, maternal, weights, n_phases
        at[:] = 0
        has_more = True
        while has_more:
            shown = _draw_founders(
                program,
                is_founder,
                at,
                paternal,
                maternal,
                weights,
                n_phases,
                frequencies,
                theta,
                own_paternal,
                own_maternal,
                own_weights,
                n_own,
                counts,
            )
            base = (1.0 - theta) * frequencies + theta * counts
            scale = peel(program, base, matrices, own_paternal, own_maternal, own_weights, n_own, 1, values, table)
            if scale > -math.inf:
                step = n + 1 if on_diagonal else 1
                for i in range(len(table)):
                    out[job, i * step] += weight * shown * 10.0**scale * table[i]
            has_more = _next_genotypes(at, is_founder, paternal, maternal, n_phases)
