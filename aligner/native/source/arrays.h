// Arrays that numpy owns, as compiled loops see them; `aligner/native/__init__.py` hands them over.
#pragma once
#include <math.h>
#include <stdint.h>

using Int = int64_t;

// Elements lie `stride` apart, those of the last axis side by side.
template <class T, int N> struct Array {
    T *data;
    Int size[N];
    Int stride[N];

    T &operator()(Int i) const {
        static_assert(N == 1, "one index for each axis");
        return data[i];
    }
    T &operator()(Int i, Int j) const {
        static_assert(N == 2, "one index for each axis");
        return data[i * stride[0] + j];
    }
    T &operator()(Int i, Int j, Int k) const {
        static_assert(N == 3, "one index for each axis");
        return data[i * stride[0] + j * stride[1] + k];
    }
    T &operator()(Int i, Int j, Int k, Int l) const {
        static_assert(N == 4, "one index for each axis");
        return data[i * stride[0] + j * stride[1] + k * stride[2] + l];
    }
    T *row(Int i) const { return data + i * stride[0]; }
    T *row(Int i, Int j) const { return data + i * stride[0] + j * stride[1]; }
};

template <class T, int N> using In = const Array<const T, N> &;
template <class T, int N> using Out = const Array<T, N> &;

template <class T> inline T smaller(T x, T y) { return y < x ? y : x; }
template <class T> inline T larger(T x, T y) { return y > x ? y : x; }

// A bfloat16 is the upper half of a float; numpy has no such type, and holds it as uint16.
using Half = uint16_t;

inline float widen(float value) { return value; }

inline float widen(Half value) {
    union { uint32_t bits; float value; } wide = {uint32_t(value) << 16};
    return wide.value;
}

inline void store(float &place, float value) { place = value; }

// To the nearest, ties to even.
inline void store(Half &place, float value) {
    union { float value; uint32_t bits; } wide = {value};
    place = Half((wide.bits + 0x7FFF + (wide.bits >> 16 & 1)) >> 16);
}

// Sums are added up in LANES parts, whatever the processor has: then the order of additions, and so
// each bit of the result, is the same everywhere. Two vectors of half as many are what compilers
// make the most of.
constexpr int LANES = 16, HALF_LANES = LANES / 2;
using HalfLanes = float __attribute__((vector_size(HALF_LANES * sizeof(float))));

struct Lanes {
    HalfLanes low = {}, high = {};

    static Lanes at(const float *place) {  // which need not be aligned
        Lanes lanes;
        __builtin_memcpy(&lanes.low, place, sizeof lanes.low);
        __builtin_memcpy(&lanes.high, place + HALF_LANES, sizeof lanes.high);
        return lanes;
    }
    // The same of `count` numbers, and zeros where these are fewer than LANES.
    static Lanes at(const float *place, Int count) {
        if (count >= LANES) return at(place);
        float padded[LANES] = {};
        for (Int lane = 0; lane < count; ++lane) padded[lane] = place[lane];
        return at(padded);
    }
    void add(const Lanes &more) {
        low += more.low;
        high += more.high;
    }
    void add_product(const Lanes &x, const Lanes &y) {
        low += x.low * y.low;
        high += x.high * y.high;
    }
    float total() const {
        HalfLanes sums = low + high;
        for (int half = HALF_LANES / 2; half > 0; half /= 2)
            for (int lane = 0; lane < half; ++lane) sums[lane] += sums[lane + half];
        return sums[0];
    }
};
