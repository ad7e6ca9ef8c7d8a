package dev.linkspan.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a benchmark measured.
 *
 * @param nanos the time of each success, in ascending order
 * @param seconds how long the measurement took
 * @param stolen share of the machine's time that its hypervisor gave to others meanwhile, 0 to 1
 */
record Figures(long[] nanos, double seconds, long failures, double stolen) {

    static Figures of(long[] nanos, double seconds, long failures, double stolen) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Figures(sorted, seconds, failures, stolen);
    }

    double millis(double quantile) {
        return nanos.length == 0
                ? Double.NaN
                : nanos[(int) Math.min(nanos.length - 1, Math.floor(quantile * nanos.length))] / 1e6;
    }

    void print(String what) {
        System.out.printf(
                Locale.ROOT,
                "  %-28s %,9.0f /s   median %.2f ms   p95 %.2f ms   p99 %.2f ms"
                        + "   n %,d   failures %d   stolen %.0f %%%n",
                what,
                nanos.length / seconds,
                millis(0.5),
                millis(0.95),
                millis(0.99),
                nanos.length,
                failures,
                100 * stolen);
    }
}
