// All that Python may call, with what each takes: `aligner/native/__init__.py` reads this table.
// Compiled once for each level of processors (`building.py`).
#include "coverage.h"
#include "encoder.h"
#include "evidence.h"
#include "search.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

struct Parameter {
    char kind;     // of numbers: f, i, u (unsigned), b (bool), as numpy's; v for none
    char bytes;    // of one
    char axes;     // 0 for a number by itself
    char written;  // 1 where the loop writes to it
};

template <class T> struct Number;
template <> struct Number<void> { static constexpr Parameter value = {'v', 0, 0, 0}; };
template <> struct Number<bool> { static constexpr Parameter value = {'b', 1, 0, 0}; };
template <> struct Number<float> { static constexpr Parameter value = {'f', 4, 0, 0}; };
template <> struct Number<double> { static constexpr Parameter value = {'f', 8, 0, 0}; };
template <> struct Number<Half> { static constexpr Parameter value = {'u', 2, 0, 0}; };
template <> struct Number<int8_t> { static constexpr Parameter value = {'i', 1, 0, 0}; };
template <> struct Number<int32_t> { static constexpr Parameter value = {'i', 4, 0, 0}; };
template <> struct Number<Int> { static constexpr Parameter value = {'i', 8, 0, 0}; };
template <class T, int N> struct Number<const Array<const T, N> &> {
    static constexpr Parameter value = {Number<T>::value.kind, Number<T>::value.bytes, N, 0};
};
template <class T, int N> struct Number<const Array<T, N> &> {
    static constexpr Parameter value = {Number<T>::value.kind, Number<T>::value.bytes, N, 1};
};

template <class Function> struct Signature;
template <class R, class... P> struct Signature<R(P...)> {
    static constexpr Parameter value[] = {Number<R>::value, Number<P>::value..., {0, 0, 0, 0}};
};

struct Loop {
    const char *name;
    void *function;
    const Parameter *parameters;  // of the result, then of each argument; the last is zeros
};

#define LOOP(name) {#name, (void *)&name, Signature<decltype(name)>::value}
#define BOTH(name) LOOP(name<float>), LOOP(name<Half>)

static const Loop LOOPS[] = {
    // encoder.h
    BOTH(first_layer), BOTH(gather), BOTH(finish), BOTH(pooled_sums), LOOP(gathered_sums),
    LOOP(add_up), BOTH(column_sums), BOTH(subtract), LOOP(round_to_half), LOOP(widen_half),
    BOTH(scaled), BOTH(rectify), BOTH(rectify_sum), BOTH(sum), LOOP(unit_rows),
    // evidence.h
    LOOP(spread), LOOP(look_up), LOOP(best_singles), LOOP(compare_numbers),
    LOOP(compare_boundaries), LOOP(weigh), LOOP(plain_scores),
    // coverage.h
    LOOP(reach), LOOP(match), LOOP(cover), LOOP(cover_alone),
    // search.h
    LOOP(best_paths), LOOP(count_near_edges), LOOP(list_near_edges), LOOP(trace),
    LOOP(heaviest_chain), LOOP(forward_backward), LOOP(viterbi),
    {nullptr, nullptr, nullptr},
};

extern "C" __attribute__((visibility("default"))) const Loop *loops() { return LOOPS; }

// The highest level of x86-64 that processor and system have: 1, 3 (AVX2, FMA) or 4 (AVX-512), as
// the psABI counts; 1 on others, which have one level only.
extern "C" __attribute__((visibility("default"))) int level() {
#if defined(__x86_64__)
    unsigned a, b, c, d, low, high;
    if (!__get_cpuid(1, &a, &b, &c, &d)) return 1;
    const unsigned third = 1u << 12 | 1u << 22 | 1u << 27 | 1u << 28 | 1u << 29;
    if ((c & third) != third) return 1;  // FMA, MOVBE, OSXSAVE, AVX, F16C
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    if ((low & 0x6) != 0x6) return 1;  // the system keeps the wide registers
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 1;
    const unsigned bmi = 1u << 3 | 1u << 5 | 1u << 8;  // BMI1, AVX2, BMI2
    if ((b & bmi) != bmi) return 1;
    unsigned lzcnt = 0;
    if (!__get_cpuid(0x80000001, &a, &d, &lzcnt, &high) || !(lzcnt & 1u << 5)) return 1;
    const unsigned wide = 1u << 16 | 1u << 17 | 1u << 28 | 1u << 30 | 1u << 31;  // F, DQ, CD, BW, VL
    return (b & wide) == wide && (low & 0xE6) == 0xE6 ? 4 : 3;
#else
    return 1;
#endif
}
