// The lattice: its cut out of a band (`engine/search/pruning.py`), anchors, best path, posteriors.
#pragma once
#include "arrays.h"

// `_log_add` of the definition: log(exp(x) + exp(y)), safe at -inf.
inline double log_add(double x, double y) {
    if (x < y) {
        double z = x;
        x = y;
        y = z;
    }
    return y == -INFINITY ? x : x + log1p(exp(y - x));
}

// Sums over the paths to each node, by the last edge's kind, and on from it, by the next's.
// `reached(u, s)` are the paths to u that end in kind s, `entered(u, k)` those to u on which kind
// k comes next; `leaving(u, k)` and `left(u, s)` are the same from u to the end. These four come
// filled with -inf, `expected` with zeros. Returns the log of the sum over all paths.
inline double forward_backward(
    In<Int, 1> tail, In<Int, 1> head, In<Int, 1> kind, In<double, 1> potentials,
    In<double, 2> transitions, Out<double, 2> reached, Out<double, 2> entered,
    Out<double, 2> leaving, Out<double, 2> left, Out<double, 1> probability, Out<double, 2> expected
) {
    const Int edges = tail.size[0], kinds = transitions.size[0], nodes = reached.size[0];
    for (Int k = 0; k < kinds; ++k) entered(0, k) = 0.0;
    Int node = 0;
    for (Int e = 0; e < edges; ++e) {
        if (tail(e) != node) {
            node = tail(e);
            for (Int k = 0; k < kinds; ++k)
                for (Int s = 0; s < kinds; ++s)
                    entered(node, k) =
                        log_add(entered(node, k), reached(node, s) + transitions(s, k));
        }
        const Int k = kind(e);
        double &there = reached(head(e), k);
        there = log_add(there, entered(node, k) + potentials(e));
    }
    for (Int s = 0; s < kinds; ++s) left(nodes - 1, s) = 0.0;
    for (Int e = edges - 1; e >= 0; --e) {
        const Int k = kind(e);
        node = tail(e);
        leaving(node, k) = log_add(leaving(node, k), potentials(e) + left(head(e), k));
        if (e == 0 || tail(e - 1) != node)
            for (Int s = 0; s < kinds; ++s)
                for (Int next = 0; next < kinds; ++next)
                    left(node, s) =
                        log_add(left(node, s), transitions(s, next) + leaving(node, next));
    }
    double total = -INFINITY;
    for (Int s = 0; s < kinds; ++s) total = log_add(total, reached(nodes - 1, s));
    for (Int e = 0; e < edges; ++e) {
        const Int k = kind(e);
        probability(e) = exp(entered(tail(e), k) + potentials(e) + left(head(e), k) - total);
    }
    for (node = 1; node < nodes; ++node)
        for (Int s = 0; s < kinds; ++s)
            for (Int k = 0; k < kinds; ++k)
                expected(s, k) +=
                    exp(reached(node, s) + transitions(s, k) + leaving(node, k) - total);
    return total;
}

// The best path's edges, from the last back into `path`; returns how many. `best` comes filled
// with -inf, `through` and `before` with -1, `entered` with zeros.
inline Int viterbi(
    In<Int, 1> tail, In<Int, 1> head, In<Int, 1> kind, In<double, 1> potentials,
    In<double, 2> transitions, Out<double, 2> best, Out<Int, 2> through, Out<double, 2> entered,
    Out<Int, 2> before, Out<Int, 1> path
) {
    const Int edges = tail.size[0], kinds = transitions.size[0], nodes = best.size[0];
    Int node = 0;
    for (Int e = 0; e < edges; ++e) {
        if (tail(e) != node) {
            node = tail(e);
            for (Int k = 0; k < kinds; ++k) {
                entered(node, k) = -INFINITY;
                for (Int s = 0; s < kinds; ++s) {
                    const double value = best(node, s) + transitions(s, k);
                    if (value > entered(node, k)) {
                        entered(node, k) = value;
                        before(node, k) = s;
                    }
                }
            }
        }
        const Int k = kind(e);
        const double value = entered(node, k) + potentials(e);
        if (value > best(head(e), k)) {
            best(head(e), k) = value;
            through(head(e), k) = e;
        }
    }
    Int last = 0, length = 0;
    for (Int k = 1; k < kinds; ++k)
        if (best(nodes - 1, k) > best(nodes - 1, last)) last = k;
    node = nodes - 1;
    while (node > 0 && through(node, last) >= 0) {
        path(length++) = through(node, last);
        node = tail(through(node, last));
        last = before(node, last);
    }
    return length;
}

// The strictly increasing subsequence of `column` with the largest weight: its positions, from the
// last back into `kept`; returns how many. `best_sum` (columns + 1) comes filled with zeros,
// `best_at` with -1: a Fenwick tree of prefix maxima.
inline Int heaviest_chain(
    In<Int, 1> column, In<double, 1> weight, Out<double, 1> total, Out<Int, 1> previous,
    Out<double, 1> best_sum, Out<Int, 1> best_at, Out<Int, 1> kept
) {
    const Int size = column.size[0], columns = best_sum.size[0] - 1;
    Int last = -1, length = 0;
    for (Int q = 0; q < size; ++q) {
        double value = 0.0;
        Int at = -1;
        for (Int k = column(q); k > 0; k -= k & -k)  // the tree is 1-based: up to `column - 1`
            if (best_sum(k) > value) {
                value = best_sum(k);
                at = best_at(k);
            }
        total(q) = value + weight(q);
        previous(q) = at;
        for (Int k = column(q) + 1; k <= columns; k += k & -k)
            if (total(q) > best_sum(k)) {
                best_sum(k) = total(q);
                best_at(k) = q;
            }
        if (last < 0 || total(q) > total(last)) last = q;
    }
    for (Int q = last; q >= 0; q = previous(q)) kept(length++) = q;
    return length;
}

// Where a path stands: not in a long gap, or in one of nulls of the target or of the source.
enum { MAIN, GAP_TGT, GAP_SRC };

// The nodes of a band and the scores of the beads from them.
struct Graph {
    In<Int, 1> low, high, offsets;
    In<float, 2> scores;
    In<Int, 2> types;
    In<bool, 1> allowed;
    double opening, saved;

    Int rows() const { return low.size[0]; }
    Int kinds() const { return types.size[0]; }
    Int node(Int i, Int j) const { return offsets(i) + j - low(i); }
    // The node that a bead leads to, -1 if it leaves the band.
    Int after(Int i, Int j, Int kind) const {
        const Int i2 = i + types(kind, 0), j2 = j + types(kind, 1);
        if (!allowed(kind) || i2 >= rows() || j2 < low(i2) || j2 > high(i2)) return -1;
        return node(i2, j2);
    }
};

// Viterbi from both ends, to and from MAIN, and in a long gap: there the best path so far, or from
// there, goes on with a null of that side that costs next to nothing. Both come filled with -inf.
inline void best_paths(
    In<Int, 1> low, In<Int, 1> high, In<Int, 1> offsets, In<float, 2> scores, In<Int, 2> types,
    In<bool, 1> allowed, double opening, double saved, Out<double, 2> forward,
    Out<double, 2> backward
) {
    const Graph graph = {low, high, offsets, scores, types, allowed, opening, saved};
    forward(0, MAIN) = 0.0;
    for (Int i = 0; i < graph.rows(); ++i)
        for (Int j = low(i); j <= high(i); ++j) {
            const Int node = graph.node(i, j);
            double *own = forward.row(node);
            const double here = larger(larger(own[MAIN], own[GAP_TGT]), own[GAP_SRC]);
            own[MAIN] = here;
            if (here == -INFINITY) continue;
            for (Int k = 0; k < graph.kinds(); ++k) {
                const Int other = graph.after(i, j, k);
                if (other < 0) continue;
                const double score = scores(node, k);
                double *there = forward.row(other);
                there[MAIN] = larger(there[MAIN], here + score);
                if (k < 2) {
                    const double value = larger(here - opening, own[k + 1]) + score + saved;
                    there[k + 1] = larger(there[k + 1], value);
                }
            }
        }
    const Int nodes = forward.size[0];
    for (int state = 0; state < 3; ++state) backward(nodes - 1, state) = 0.0;
    for (Int i = graph.rows() - 1; i >= 0; --i)
        for (Int j = high(i); j >= low(i); --j) {
            const Int node = graph.node(i, j);
            double *own = backward.row(node);
            double best = own[MAIN], in_tgt = -INFINITY, in_src = -INFINITY;
            for (Int k = 0; k < graph.kinds(); ++k) {
                const Int other = graph.after(i, j, k);
                if (other < 0) continue;
                const double score = scores(node, k);
                best = larger(best, score + backward(other, MAIN));
                if (k == 0) in_tgt = score + saved + backward(other, GAP_TGT);
                else if (k == 1) in_src = score + saved + backward(other, GAP_SRC);
            }
            best = larger(larger(best, in_tgt - opening), in_src - opening);
            own[MAIN] = best;
            own[GAP_TGT] = larger(best, in_tgt);
            own[GAP_SRC] = larger(best, in_src);
        }
}

// Calls `found(i, j, kind, node, other, step)` for each bead whose best complete path falls short
// by `near` at most: by how many of `steps` equal steps; what is held falls short by none.
template <class Found> inline void each_near_edge(
    const Graph &graph, In<double, 2> forward, In<double, 2> backward, In<bool, 2> held,
    double near, double last_resort, Int steps, Found found
) {
    const double whole = forward(forward.size[0] - 1, MAIN);
    for (Int i = 0; i < graph.rows(); ++i)
        for (Int j = graph.low(i); j <= graph.high(i); ++j) {
            const Int node = graph.node(i, j);
            const double *own = forward.row(node);
            if (own[MAIN] == -INFINITY) continue;
            for (Int k = 0; k < graph.kinds(); ++k) {
                const Int other = graph.after(i, j, k);
                if (other < 0) continue;
                const double score = graph.scores(node, k);
                if (score == -INFINITY) continue;
                Int step = 0;
                if (!(k < 3 && held(node, k) && score > last_resort)) {
                    double best = own[MAIN] + score + backward(other, MAIN);
                    if (k < 2) {
                        const double before = larger(own[MAIN] - graph.opening, own[k + 1]);
                        best = larger(best, before + score + graph.saved + backward(other, k + 1));
                    }
                    const double shortfall = whole - best;
                    if (!(shortfall <= near)) continue;
                    step = smaller(larger(Int(shortfall / near * double(steps)), Int(0)), steps - 1);
                }
                found(i, j, k, node, other, step);
            }
        }
}

// How many near edges fall into each step: `counts` (steps) comes filled with zeros.
inline void count_near_edges(
    In<Int, 1> low, In<Int, 1> high, In<Int, 1> offsets, In<float, 2> scores, In<Int, 2> types,
    In<bool, 1> allowed, double opening, double saved, In<double, 2> forward,
    In<double, 2> backward, In<bool, 2> held, double near, double last_resort, Out<Int, 1> counts
) {
    each_near_edge(
        {low, high, offsets, scores, types, allowed, opening, saved}, forward, backward, held, near,
        last_resort, counts.size[0],
        [&](Int, Int, Int, Int, Int, Int step) { counts(step) += 1; }
    );
}

// Lists those of the first `kept` steps: row, column, type, both nodes, (5, e).
inline void list_near_edges(
    In<Int, 1> low, In<Int, 1> high, In<Int, 1> offsets, In<float, 2> scores, In<Int, 2> types,
    In<bool, 1> allowed, double opening, double saved, In<double, 2> forward,
    In<double, 2> backward, In<bool, 2> held, double near, double last_resort, Int steps, Int kept,
    Out<Int, 2> edges
) {
    Int e = 0;
    each_near_edge(
        {low, high, offsets, scores, types, allowed, opening, saved}, forward, backward, held, near,
        last_resort, steps,
        [&](Int i, Int j, Int k, Int node, Int other, Int step) {
            if (step >= kept) return;
            const Int edge[] = {i, j, k, node, other};
            for (int part = 0; part < 5; ++part) edges(part, e) = edge[part];
            ++e;
        }
    );
}

// The best path, followed back: the nodes and the types of its beads; returns how many.
inline Int trace(
    In<Int, 1> low, In<Int, 1> high, In<Int, 1> offsets, In<float, 2> scores, In<Int, 2> types,
    In<bool, 1> allowed, double opening, double saved, In<double, 2> forward, Out<Int, 1> nodes,
    Out<Int, 1> kinds
) {
    const Graph graph = {low, high, offsets, scores, types, allowed, opening, saved};
    Int length = 0, i = graph.rows() - 1, j = high(i);
    int state = MAIN;
    while (i > 0 || j > 0) {
        const double *here = forward.row(graph.node(i, j));
        if (state == MAIN)
            for (int gap = GAP_TGT; gap <= GAP_SRC; ++gap)
                if (here[gap] == here[MAIN]) state = gap;
        double best = -INFINITY;
        Int kind = -1, before = -1;
        bool opened = false;
        for (Int k = 0; k < graph.kinds(); ++k) {
            const Int i0 = i - types(k, 0), j0 = j - types(k, 1);
            if (!allowed(k) || i0 < 0 || j0 < low(i0) || j0 > high(i0)) continue;
            if (state != MAIN && k != state - 1) continue;
            const Int node = graph.node(i0, j0);
            double value = forward(node, MAIN) + scores(node, k);
            bool opens = false;
            if (state != MAIN) {
                const double fresh = forward(node, MAIN) - opening;
                opens = fresh >= forward(node, k + 1);
                value = larger(fresh, forward(node, k + 1)) + scores(node, k) + saved;
            }
            if (value > best) {
                best = value;
                kind = k;
                before = node;
                opened = opens;
            }
        }
        if (kind < 0) return -1;  // not a path: the scores are not those that `forward` is of
        nodes(length) = before;
        kinds(length++) = kind;
        i -= types(kind, 0);
        j -= types(kind, 1);
        if (opened) state = MAIN;
    }
    return length;
}
