package dev.linkspan.bench;

/** One program that prints figures. */
interface Benchmark {

    void run(Options options) throws Exception;
}
