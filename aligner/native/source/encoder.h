// The embedded model's passes over tokens (`encoders/embedded`) but for its matrix products.
// T is how numbers are stored: float, or Half for half the memory.
#pragma once
#include "arrays.h"

constexpr int ORDERS[] = {2, 3, 5};
constexpr int BRANCHES = 3, HIDDEN = 256, EMBEDDING = 512;
constexpr int FEATURES = EMBEDDING + BRANCHES * HIDDEN;
constexpr int SIDE = 2, SLOTS = 2 * SIDE + 1;  // of the widest window

inline float rectified(float x) { return larger(x, 0.0f); }

// First convolutions from the slots' tables: relu and residual; all zeros at PAD.
// A row's index -1, PAD, is the tables' last row, which holds zeros.
template <class T> inline void first_layer(
    In<int32_t, 2> near, In<T, 2> first, In<T, 2> projected, In<float, 1> bias, Out<T, 2> hidden
) {
    for (Int t = 0; t < near.size[0]; ++t) {
        T *out = hidden.row(t);
        if (near(t, SIDE) < 0) {
            for (int k = 0; k < BRANCHES * HIDDEN; ++k) out[k] = 0;
            continue;
        }
        const T *slot[SLOTS];
        for (int s = 0; s < SLOTS; ++s)
            slot[s] = first.row(near(t, s) < 0 ? first.size[0] - 1 : near(t, s));
        const T *own = projected.row(near(t, SIDE));
        // One loop for each branch, of orders 2, 3 and 5: the sums stay in registers.
        for (int k = 0; k < HIDDEN; ++k) {
            const float total = bias(k) + widen(slot[2][k]) + widen(slot[3][HIDDEN + k]);
            store(out[k], rectified(total) + widen(own[k]));
        }
        for (int k = 0; k < HIDDEN; ++k) {
            const float total = bias(HIDDEN + k) + widen(slot[1][2 * HIDDEN + k])
                + widen(slot[2][3 * HIDDEN + k]) + widen(slot[3][4 * HIDDEN + k]);
            store(out[HIDDEN + k], rectified(total) + widen(own[HIDDEN + k]));
        }
        for (int k = 0; k < HIDDEN; ++k) {
            const float total = bias(2 * HIDDEN + k) + widen(slot[0][5 * HIDDEN + k])
                + widen(slot[1][6 * HIDDEN + k]) + widen(slot[2][7 * HIDDEN + k])
                + widen(slot[3][8 * HIDDEN + k]) + widen(slot[4][9 * HIDDEN + k]);
            store(out[2 * HIDDEN + k], rectified(total) + widen(own[2 * HIDDEN + k]));
        }
    }
}

// Lays each feature's window of hidden rows side by side, zeros at PAD.
template <class T> inline void gather(
    In<T, 2> hidden, In<int32_t, 2> position, Int column, Int left, Int order, Out<T, 2> window
) {
    for (Int m = 0; m < position.size[0]; ++m)
        for (Int step = 0; step < order; ++step) {
            const Int source = position(m, left + step);
            T *out = window.row(m) + step * HIDDEN;
            const T *row = source < 0 ? nullptr : hidden.row(source) + column;
            for (int k = 0; k < HIDDEN; ++k) out[k] = row ? row[k] : T(0);
        }
}

// Second convolution's bias, relu and residual; the embedding; the layer norm; zeros at PAD.
template <class T> inline void finish(
    In<T, 3> convolved, In<T, 2> hidden, In<T, 2> embedding, In<int32_t, 2> near,
    In<int32_t, 2> window, In<float, 1> bias, In<float, 1> gain, In<float, 1> shift, double epsilon,
    Out<T, 2> features
) {
    float x[FEATURES];
    for (Int m = 0; m < window.size[0]; ++m) {
        const Int at = window(m, SIDE), token = at < 0 ? -1 : Int(near(at, SIDE));
        T *row = features.row(m);
        if (token < 0) {
            for (int k = 0; k < FEATURES; ++k) row[k] = 0;
            continue;
        }
        const T *lexical = embedding.row(token);
        for (int k = 0; k < EMBEDDING; ++k) x[k] = widen(lexical[k]);
        for (int branch = 0; branch < BRANCHES; ++branch) {
            const int base = branch * HIDDEN;
            const T *ours = convolved.row(branch, m), *residual = hidden.row(at) + base;
            for (int k = 0; k < HIDDEN; ++k)
                x[EMBEDDING + base + k] =
                    rectified(widen(ours[k]) + bias(base + k)) + widen(residual[k]);
        }
        Lanes total, square;
        for (int k = 0; k < FEATURES; k += LANES) {
            const Lanes own = Lanes::at(x + k);
            total.add(own);
            square.add_product(own, own);
        }
        const float mean = total.total() / float(FEATURES);
        const float variance = square.total() / float(FEATURES) - mean * mean;
        const float scale = 1.0f / sqrtf(variance + float(epsilon));
        for (int k = 0; k < FEATURES; ++k)
            store(row[k], (x[k] - mean) * scale * gain(k) + shift(k));
    }
}

// Sums rows of features over ranges, less those over other ranges, in order.
template <class T> inline void pooled_sums(
    In<T, 2> features, In<Int, 2> added, In<Int, 2> taken, Out<T, 2> sums
) {
    float total[FEATURES];
    for (Int m = 0; m < added.size[0]; ++m) {
        for (int k = 0; k < FEATURES; ++k) total[k] = 0.0f;
        for (Int at = added(m, 0); at < added(m, 1); ++at) {
            const T *row = features.row(at);
            for (int k = 0; k < FEATURES; ++k) total[k] += widen(row[k]);
        }
        for (Int at = taken(m, 0); at < taken(m, 1); ++at) {
            const T *row = features.row(at);
            for (int k = 0; k < FEATURES; ++k) total[k] -= widen(row[k]);
        }
        for (int k = 0; k < FEATURES; ++k) store(sums(m, k), total[k]);
    }
}

// Adds to `sums` the rows of features that `rows` names, range by range.
inline void gathered_sums(
    In<float, 2> features, In<int32_t, 1> rows, In<Int, 2> ranges, Out<float, 2> sums
) {
    for (Int m = 0; m < ranges.size[0]; ++m) {
        float *out = sums.row(m);
        for (Int at = ranges(m, 0); at < ranges(m, 1); ++at) {
            const float *source = features.row(rows(at));
            for (Int k = 0; k < sums.size[1]; ++k) out[k] += source[k];
        }
    }
}

// Adds the k-th following segments to the running sums, and the edges to these; a span that has a
// row in `short_spans` is that row.
inline void add_up(
    In<float, 2> body, In<float, 2> begin, In<float, 2> end, In<int32_t, 2> short_row,
    In<float, 2> short_spans, Int start, Int k, Out<float, 2> running, Out<float, 2> pooled
) {
    for (Int m = 0; m < pooled.size[0]; ++m) {
        const Int first = start + m, last = first + k;
        for (Int d = 0; d < pooled.size[1]; ++d) {
            running(m, d) += body(last, d);
            pooled(m, d) = running(m, d) + begin(first, d) + end(last, d);
        }
        const Int whole = short_row(first, k);
        if (whole >= 0)
            for (Int d = 0; d < pooled.size[1]; ++d) pooled(m, d) = short_spans(whole, d);
    }
}

// Adds up columns; `total` comes as zeros.
template <class T> inline void column_sums(In<T, 2> stored, Out<double, 1> total) {
    for (Int m = 0; m < stored.size[0]; ++m)
        for (Int k = 0; k < stored.size[1]; ++k) total(k) += widen(stored(m, k));
}

template <class T> inline void subtract(
    In<T, 2> stored, In<float, 1> means, Out<float, 2> vectors
) {
    for (Int m = 0; m < stored.size[0]; ++m)
        for (Int k = 0; k < stored.size[1]; ++k) vectors(m, k) = widen(stored(m, k)) - means(k);
}

// Between the precisions.
inline void round_to_half(In<float, 2> values, Out<Half, 2> result) {
    for (Int m = 0; m < values.size[0]; ++m)
        for (Int k = 0; k < values.size[1]; ++k) store(result(m, k), values(m, k));
}

inline void widen_half(In<Half, 2> values, Out<float, 2> result) {
    for (Int m = 0; m < values.size[0]; ++m)
        for (Int k = 0; k < values.size[1]; ++k) result(m, k) = widen(values(m, k));
}

// Adds the bias of every token, and divides by the root of their number.
template <class T> inline void scaled(
    In<float, 2> pooled, In<Int, 1> lengths, In<float, 1> bias, Out<T, 2> x
) {
    for (Int m = 0; m < pooled.size[0]; ++m) {
        const float size = float(lengths(m)), scale = 1.0f / sqrtf(size);
        for (Int k = 0; k < pooled.size[1]; ++k)
            store(x(m, k), (pooled(m, k) + size * bias(k)) * scale);
    }
}

template <class T> inline void rectify(Out<T, 2> x) {
    for (Int m = 0; m < x.size[0]; ++m)
        for (Int k = 0; k < x.size[1]; ++k) store(x(m, k), rectified(widen(x(m, k))));
}

template <class T> inline void rectify_sum(Out<T, 2> x, In<T, 2> more) {
    for (Int m = 0; m < x.size[0]; ++m)
        for (Int k = 0; k < x.size[1]; ++k)
            store(x(m, k), rectified(widen(x(m, k)) + widen(more(m, k))));
}

template <class T> inline void sum(In<T, 2> x, In<T, 2> more, Out<float, 2> total) {
    for (Int m = 0; m < x.size[0]; ++m)
        for (Int k = 0; k < x.size[1]; ++k) total(m, k) = widen(x(m, k)) + widen(more(m, k));
}

// Scales rows to unit length, those of squared length below `least` by its root.
inline void unit_rows(In<float, 2> total, double least, Out<float, 2> vectors) {
    const Int size = total.size[1];
    for (Int m = 0; m < total.size[0]; ++m) {
        const float *row = total.row(m);
        Lanes squares;
        for (Int k = 0; k < size; k += LANES) {
            const Lanes own = Lanes::at(row + k, size - k);
            squares.add_product(own, own);
        }
        const float scale = 1.0f / sqrtf(larger(squares.total(), float(least)));
        float *out = vectors.row(m);
        for (Int k = 0; k < size; ++k) out[k] = row[k] * scale;
    }
}
