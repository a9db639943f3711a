// Token coverage (`engine/evidence/coverage.py`): each token's best match in each segment nearby,
// and from these how well a bead's two sides say the same.
#pragma once
#include "arrays.h"

// Token t of segment i against segment j lies at
// `offsets(i) + (t - starts(i)) * (high(i) - low(i)) + j - low(i)`.
template <class T> struct Best {
    const Array<T, 1> &values;
    In<Int, 1> offsets, low, high, starts;
    In<float, 1> weights;

    Int width(Int i) const { return high(i) - low(i); }
    T *of(Int i, Int t) const { return &values(0) + offsets(i) + (t - starts(i)) * width(i); }
};

// Finds the segments [low, high) of the other text that each segment's edges need.
inline void reach(
    In<Int, 1> i, In<Int, 1> a, In<Int, 1> j, In<Int, 1> b, Int outside, Out<Int, 1> low,
    Out<Int, 1> high
) {
    for (Int e = 0; e < i.size[0]; ++e)
        if (b(e) > 0)
            for (Int s = i(e); s < i(e) + a(e); ++s) {
                low(s) = smaller(low(s), j(e) - outside);
                high(s) = larger(high(s), j(e) + b(e) + outside);
            }
}

// Four products of a row with others at once: each number of the row is then read less often.
constexpr int TOGETHER = 4;

inline void products(const float *x, const float *const *others, Int size, float *found) {
    Lanes sums[TOGETHER];
    for (Int k = 0; k < size; k += LANES) {
        const Lanes own = Lanes::at(x + k, size - k);
        for (int other = 0; other < TOGETHER; ++other)
            sums[other].add_product(own, Lanes::at(others[other] + k, size - k));
    }
    for (int other = 0; other < TOGETHER; ++other) found[other] = sums[other].total();
}

// Compares tokens once for both directions. `low` and `high` come as those of `forth`; the values
// come as zeros, below which no similarity counts.
inline void match(
    In<float, 2> src, In<float, 2> tgt, Out<Int, 1> low, Out<Int, 1> high,
    Out<float, 1> forth_values, In<Int, 1> forth_offsets, In<Int, 1> forth_low,
    In<Int, 1> forth_high, In<Int, 1> forth_starts, In<float, 1> forth_weights,
    Out<float, 1> back_values, In<Int, 1> back_offsets, In<Int, 1> back_low,
    In<Int, 1> back_high, In<Int, 1> back_starts, In<float, 1> back_weights
) {
    const Best<float> forth = {
        forth_values, forth_offsets, forth_low, forth_high, forth_starts, forth_weights};
    const Best<float> back = {
        back_values, back_offsets, back_low, back_high, back_starts, back_weights};
    for (Int j = 0; j < back.low.size[0]; ++j)
        for (Int i = back.low(j); i < back.high(j); ++i) {
            low(i) = smaller(low(i), j);
            high(i) = larger(high(i), j + 1);
        }
    for (Int i = 0; i < low.size[0]; ++i)
        for (Int j = low(i); j < high(i); ++j) {
            const bool there = forth.low(i) <= j && j < forth.high(i);
            const bool here = back.low(j) <= i && i < back.high(j);
            if (!there && !here) continue;
            const Int first = back.starts(j), last = back.starts(j + 1) - 1, width = back.width(j);
            for (Int t = forth.starts(i); t < forth.starts(i + 1); ++t) {
                float best = 0.0f;
                for (Int u = first; u <= last; u += TOGETHER) {
                    const float *others[TOGETHER];
                    float found[TOGETHER];
                    for (int step = 0; step < TOGETHER; ++step)
                        others[step] = tgt.row(smaller(u + step, last));
                    products(src.row(t), others, src.size[1], found);
                    for (int step = 0; step < TOGETHER && u + step <= last; ++step) {
                        best = larger(best, found[step]);
                        if (!here) continue;
                        float &place = back.of(j, first)[(u + step - first) * width + i - back.low(j)];
                        place = larger(place, found[step]);
                    }
                }
                if (there) forth.of(i, t)[j - forth.low(i)] = best;
            }
        }
}

// Fills one side's columns for beads with both sides, in the order of COVERAGE_KINDS.
inline void cover(
    In<float, 1> values, In<Int, 1> offsets, In<Int, 1> low, In<Int, 1> high, In<Int, 1> starts,
    In<float, 1> weights, In<Int, 1> i, In<Int, 1> a, In<Int, 1> j, In<Int, 1> b, Int beside,
    double enough, Out<float, 2> features
) {
    const Best<const float> matches = {values, offsets, low, high, starts, weights};
    for (Int e = 0; e < i.size[0]; ++e) {
        if (a(e) == 0 || b(e) == 0) continue;
        double total = 0, covered = 0, outside = 0, inside = 0, losing = 0, lacking = 0;
        double least = 1, first = 0, last = 0;
        const Int begin = j(e), end = j(e) + b(e);
        for (Int s = i(e); s < i(e) + a(e); ++s) {
            const Int from = larger(low(s), begin - beside), to = smaller(high(s), end + beside);
            double weight = 0, gained = 0, drawn = 0;
            for (Int t = starts(s); t < starts(s + 1); ++t) {
                const float *found = matches.of(s, t) - low(s);
                float within = 0, beyond = 0;
                for (Int column = from; column < to; ++column) {
                    float &side = begin <= column && column < end ? within : beyond;
                    side = larger(side, found[column]);
                }
                weight += weights(t);
                gained += weights(t) * within;
                if (beyond > within) {
                    drawn += weights(t) * (beyond - within);
                    losing += weights(t);
                } else {
                    inside += weights(t) * (within - beyond);
                }
            }
            total += weight;
            covered += gained;
            outside += drawn;
            if (weight > 0) {
                least = smaller(least, gained / weight);
                lacking += larger(0.0, enough - gained / weight);
                if (s == i(e)) first = drawn / weight;
                if (s == i(e) + a(e) - 1) last = drawn / weight;
            }
        }
        total = larger(total, 1e-6);
        const double columns[] = {
            covered / total, covered, outside / total, inside / total, outside, least,
            first, last, losing / total, inside, lacking};
        for (int k = 0; k < 11; ++k) features(e, k) = float(columns[k]);
    }
}

// Fills the columns of segments that are left alone, which are others than `cover` fills.
// `known` comes as false: a segment may be left alone at thousands of places, next to a missing
// chapter, and is looked at once.
inline void cover_alone(
    In<float, 1> values, In<Int, 1> offsets, In<Int, 1> low, In<Int, 1> high, In<Int, 1> starts,
    In<float, 1> weights, In<Int, 1> i, In<Int, 1> a, In<Int, 1> j, In<Int, 1> b,
    Out<bool, 1> known, Out<double, 2> anywhere, Out<float, 2> features
) {
    const Best<const float> matches = {values, offsets, low, high, starts, weights};
    for (Int e = 0; e < i.size[0]; ++e) {
        if (a(e) == 0 || b(e) > 0) continue;
        const Int s = i(e), width = matches.width(s);
        if (!known(s)) {  // how well it is covered by all nearby, and by the best one of them
            known(s) = true;
            double covered = 0, best_segment = 0;
            for (Int t = starts(s); t < starts(s + 1); ++t) {
                float best = 0;
                for (Int column = 0; column < width; ++column)
                    best = larger(best, matches.of(s, t)[column]);
                covered += weights(t) * best;
            }
            for (Int column = 0; column < width; ++column) {
                double gained = 0;
                for (Int t = starts(s); t < starts(s + 1); ++t)
                    gained += weights(t) * matches.of(s, t)[column];
                best_segment = larger(best_segment, gained);
            }
            anywhere(s, 0) = covered;
            anywhere(s, 1) = best_segment;
        }
        double total = 1e-6, beside = 0;  // its weight; and covered by the two on either side of j
        const Int from = larger(low(s), j(e) - 1), to = smaller(high(s), j(e) + 1);
        for (Int t = starts(s); t < starts(s + 1); ++t) {
            float near = 0;
            for (Int column = from; column < to; ++column)
                near = larger(near, matches.of(s, t)[column - low(s)]);
            total += weights(t);
            beside += weights(t) * near;
        }
        const double columns[] = {
            anywhere(s, 0) / total, anywhere(s, 0), anywhere(s, 1) / total, beside / total, beside,
            total};
        for (int k = 0; k < 6; ++k) features(e, k) = float(columns[k]);
    }
}
