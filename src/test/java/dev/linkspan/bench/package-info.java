/**
 * Benchmarks: programs that start servers of their own, load them and print figures. They assert nothing and belong to
 * no test run; {@code ./linkspan bench} starts them.
 */
package dev.linkspan.bench;
