/** Short names for arithmetic. */
export const { abs, ceil, floor, fround, hypot, log, log10, log1p, max, min, round, sqrt } = Math;

export const clamp = (x, low, high) => max(low, min(high, x));
