// What speaks for and against a bead (`engine/evidence`), its weighing and the plain score.
#pragma once
#include "arrays.h"

// Copies a block of products into the grid, leaving it as it is where a span passes the end.
inline void spread(
    In<float, 4> block, Int start, Int first, In<Int, 1> low, In<Int, 1> high, In<Int, 1> offsets,
    Int n, Int m, Out<float, 3> grid
) {
    const Int span = block.size[1];
    for (Int r = 0; r < block.size[0]; ++r) {
        const Int i = start + r;
        const Int stop = smaller(high(i) + 1, m);
        for (Int j = larger(low(i), first); j < stop; ++j) {
            const Int node = offsets(i) + j - low(i);
            for (Int a = 0; a < smaller(span, n - i); ++a)
                for (Int b = 0; b < smaller(span, m - j); ++b)
                    grid(node, a, b) = block(r, a, j - first, b);
        }
    }
}

// Gathers `grid` at each edge, NaN where there is no such span.
inline void look_up(
    In<float, 3> grid, In<Int, 1> low, In<Int, 1> high, In<Int, 1> offsets, In<Int, 1> i,
    In<Int, 1> j, In<Int, 1> a, In<Int, 1> b, Out<float, 1> result
) {
    const Int rows = low.size[0], span = grid.size[1];
    for (Int e = 0; e < i.size[0]; ++e) {
        const Int row = i(e), column = j(e);
        const bool there = row >= 0 && row < rows && column >= low(row) && column <= high(row)
            && a(e) >= 1 && b(e) >= 1 && a(e) <= span && b(e) <= span;
        result(e) = there ? grid(offsets(row) + column - low(row), a(e) - 1, b(e) - 1) : NAN;
    }
}

// Each segment's highest cosine to a single one in the band; both come filled with -1.
inline void best_singles(
    In<float, 3> grid, In<Int, 1> low, In<Int, 1> high, In<Int, 1> offsets, Out<float, 1> src,
    Out<float, 1> tgt
) {
    for (Int i = 0; i + 1 < low.size[0]; ++i)
        for (Int j = low(i); j <= high(i); ++j) {
            const float x = grid(offsets(i) + j - low(i), 0, 0);
            if (isnan(x)) continue;
            src(i) = larger(src(i), x);
            tgt(j) = larger(tgt(j), x);
        }
}

// Counts numbers that both spans hold, and that one holds alone, at most `most` each.
inline void compare_numbers(
    In<Int, 1> src_starts, In<Int, 1> src, In<Int, 1> tgt_starts, In<Int, 1> tgt, In<Int, 1> i,
    In<Int, 1> a, In<Int, 1> j, In<Int, 1> b, double most, Out<float, 2> features
) {
    for (Int e = 0; e < i.size[0]; ++e) {
        const Int p0 = src_starts(i(e)), p1 = src_starts(i(e) + a(e));
        const Int q0 = tgt_starts(j(e)), q1 = tgt_starts(j(e) + b(e));
        Int shared = 0;
        for (Int p = p0; p < p1; ++p)
            for (Int q = q0; q < q1; ++q)
                if (src(p) == tgt(q)) {
                    ++shared;
                    break;
                }
        features(e, 0) = float(smaller(double(shared), most));
        features(e, 1) = float(smaller(double(larger(p1 - p0, q1 - q0) - shared), most));
    }
}

// Columns of `Surface.edges`.
enum { SOFT, CLOSING, OPENING, DASH, LOWER, LETTERLESS };

// Whether the sentence seems to go on after the segment before `stop`.
inline bool soft_after(In<bool, 2> edges, Int stop) {
    if (stop == 0) return false;
    return edges(stop - 1, SOFT) || (stop < edges.size[0] && edges(stop, LOWER));
}

// Fills the row of a null: one segment of one side.
inline void bound_alone(
    In<int8_t, 2> balance, In<bool, 2> edges, In<bool, 1> breaks, Int start, Int most_open, float *row
) {
    for (int k = 0; k < 2; ++k) {
        const Int open = balance(start, k);
        row[k] = float(smaller(open < 0 ? -open : open, most_open));
    }
    row[2] = soft_after(edges, start + 1);
    row[3] = edges(start, LOWER) || (start > 0 && edges(start - 1, SOFT));
    row[4] = edges(start, CLOSING);
    row[6] = edges(start, OPENING);
    row[8] = edges(start, DASH);
    row[10] = edges(start, LETTERLESS);
    row[12] = breaks(start) && breaks(start + 1);
}

// Fills the columns of BOUNDARIES, which come as zeros.
inline void compare_boundaries(
    In<int8_t, 2> src_balance, In<bool, 2> src_edges, In<bool, 1> src_breaks, In<int8_t, 2> tgt_balance,
    In<bool, 2> tgt_edges, In<bool, 1> tgt_breaks, In<Int, 1> i, In<Int, 1> j, In<Int, 1> a,
    In<Int, 1> b, Int most_open, Int most_letterless, Out<float, 2> features
) {
    for (Int e = 0; e < i.size[0]; ++e) {
        float *row = features.row(e);
        if (b(e) == 0) {
            bound_alone(src_balance, src_edges, src_breaks, i(e), most_open, row);
            continue;
        }
        if (a(e) == 0) {
            bound_alone(tgt_balance, tgt_edges, tgt_breaks, j(e), most_open, row);
            continue;
        }
        const Int i1 = i(e), j1 = j(e), i2 = i1 + a(e), j2 = j1 + b(e);
        for (int k = 0; k < 2; ++k) {
            Int open = 0;
            for (Int s = i1; s < i2; ++s) open += src_balance(s, k);
            for (Int t = j1; t < j2; ++t) open -= tgt_balance(t, k);
            row[k] = float(smaller(open < 0 ? -open : open, most_open));
        }
        Int letterless = 0, inside = 0;
        for (Int s = i1; s < i2; ++s) {
            letterless += src_edges(s, LETTERLESS);
            inside += s > i1 && src_breaks(s);
        }
        for (Int t = j1; t < j2; ++t) {
            letterless += tgt_edges(t, LETTERLESS);
            inside += t > j1 && tgt_breaks(t);
        }
        row[10] = float(smaller(letterless, most_letterless));
        row[13] = float(inside);
        bool x = soft_after(src_edges, i2), y = soft_after(tgt_edges, j2);
        row[2] = x != y;
        row[3] = x && y;
        x = src_edges(i2 - 1, CLOSING), y = tgt_edges(j2 - 1, CLOSING);
        row[4] = x != y;
        row[5] = x && y;
        x = src_edges(i1, OPENING), y = tgt_edges(j1, OPENING);
        row[6] = x != y;
        row[7] = x && y;
        x = src_edges(i1, DASH), y = tgt_edges(j1, DASH);
        row[8] = x != y;
        row[9] = x && y;
        x = src_breaks(i2), y = tgt_breaks(j2);
        row[11] = x != y;
        row[12] = x && y;
    }
}

// Sums weights times standardised features, clipped; null edges have weights of their own.
inline void weigh(
    In<float, 2> features, In<bool, 1> null, In<double, 2> center, In<double, 2> spread,
    In<double, 2> weights, double extreme, Out<double, 1> score
) {
    for (Int e = 0; e < features.size[0]; ++e) {
        const Int kind = null(e) ? 0 : 1;
        double total = 0.0;
        for (Int k = 0; k < features.size[1]; ++k) {
            const double z = (features(e, k) - center(kind, k)) / spread(kind, k);
            total += smaller(larger(z, -extreme), extreme) * weights(kind, k);
        }
        score(e) = total;
    }
}

struct Mean {
    double total = 0.0;
    int count = 0;

    void add(float x) {
        if (isnan(x)) return;
        total += x;
        ++count;
    }
    double value(double otherwise) const { return count > 0 ? total / count : otherwise; }
};

// The plain score of every bead of the band: cosine less a share of the neighbours', times how
// alike the lengths are. `scores` comes filled with -inf: what stays so is no bead.
inline void plain_scores(
    In<float, 3> grid, In<Int, 1> low, In<Int, 1> high, In<Int, 1> offsets, In<double, 1> src,
    In<double, 1> tgt, In<Int, 1> src_astray, In<Int, 1> tgt_astray, In<Int, 2> types,
    double null_score, double last_resort, double neighbour_share, double no_neighbour,
    Out<float, 2> scores
) {
    const Int rows = low.size[0], span = grid.size[1];
    for (Int i = 0; i < rows; ++i)
        for (Int j = low(i); j <= high(i); ++j) {
            const Int node = offsets(i) + j - low(i);
            for (Int k = 0; k < types.size[0]; ++k) {
                const Int a = types(k, 0), b = types(k, 1);
                if (a == 0 || b == 0) {
                    if (i + a < src.size[0] && j + b < tgt.size[0])
                        scores(node, k) = float(null_score);
                    continue;
                }
                if (a > span || b > span) continue;
                const float cosine = grid(node, a - 1, b - 1);
                if (isnan(cosine)) continue;
                if (src_astray(i + a) > src_astray(i) || tgt_astray(j + b) > tgt_astray(j)) {
                    scores(node, k) = float(last_resort);  // unless a person says so
                    continue;
                }
                Mean neighbour;
                if (j > low(i)) neighbour.add(grid(node - 1, a - 1, 0));
                if (j + b <= high(i)) neighbour.add(grid(node + b, a - 1, 0));
                if (i > 0 && j >= low(i - 1) && j <= high(i - 1))
                    neighbour.add(grid(offsets(i - 1) + j - low(i - 1), 0, b - 1));
                if (i + a < rows && j >= low(i + a) && j <= high(i + a))
                    neighbour.add(grid(offsets(i + a) + j - low(i + a), 0, b - 1));
                const double x = src(i + a) - src(i), y = tgt(j + b) - tgt(j);
                const double balance = log2(1.0 + smaller(x, y) / larger(x, y));
                const double share = neighbour_share * neighbour.value(no_neighbour);
                scores(node, k) = float((cosine - share) * balance);
            }
        }
}
