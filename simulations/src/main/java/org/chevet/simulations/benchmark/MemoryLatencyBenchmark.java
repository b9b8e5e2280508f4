package org.chevet.simulations.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the machine itself asks for one cache line that is read and written, at random, in as much memory as the live state of
 * {@link OccupancyBenchmark} takes, each line found by what is in the one before. Run both together: what an event costs more in a
 * larger hospital is a number of these.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
public class MemoryLatencyBenchmark {
    /** Nearly one present stay and six ended ones, of some 600 bytes each. */
    private static final int BYTES_PER_BED = 4_096;

    @Param({"1000", "10000", "400000"})
    int beds;

    private long[] memory = new long[0];
    private int place;

    @Setup
    public void fill() {
        memory = new long[beds * (BYTES_PER_BED / Long.BYTES)];
        for (int i = 0; i < memory.length; i++) {
            memory[i] = i;
        }
    }

    @Benchmark
    public long touchLine() {
        long here = memory[place]++;
        long mixed = (here + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        place = (int) ((mixed >>> 33) * memory.length >>> 31);
        return here;
    }
}
