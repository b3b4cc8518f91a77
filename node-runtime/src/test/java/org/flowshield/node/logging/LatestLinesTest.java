package org.flowshield.node.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogExcerpt;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.logs.LogQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LatestLinesTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final LogQuery ALL = new LogQuery(LogQuery.MAX_LINES, LogLevel.DEBUG);

    private final LatestLines lines = new LatestLines(START);

    private void write(LogLevel level, String message) {
        lines.take(START, level, "org.flowshield.node.Some", message);
    }

    private List<String> messages(LogQuery query) {
        return lines.read(query).entries().stream().map(LogEntry::message).toList();
    }

    @Test
    void nothing_was_written_at_first() {
        assertThat(lines.read(ALL)).isEqualTo(new LogExcerpt(START, 0, 0, List.of()));
    }

    @Test
    void tells_the_oldest_first_with_numbers_from_one() {
        write(LogLevel.INFO, "one");
        write(LogLevel.ERROR, "two");
        assertThat(lines.read(ALL).entries())
                .containsExactly(
                        new LogEntry(1, START, LogLevel.INFO, "org.flowshield.node.Some", "one"),
                        new LogEntry(2, START, LogLevel.ERROR, "org.flowshield.node.Some", "two"));
        assertThat(lines.read(ALL).entries().getFirst().source()).isEqualTo("Some");
    }

    @Test
    void a_level_lets_through_what_is_as_heavy_or_heavier() {
        for (LogLevel level : LogLevel.values()) {
            write(level, level.name());
        }
        assertThat(messages(new LogQuery(9, LogLevel.ERROR))).containsExactly("ERROR");
        assertThat(messages(new LogQuery(9, LogLevel.WARN))).containsExactly("ERROR", "WARN");
        assertThat(messages(new LogQuery(9, LogLevel.DEBUG)))
                .containsExactly("ERROR", "WARN", "INFO", "DEBUG");
    }

    @Test
    void of_what_fits_the_newest_are_told() {
        for (int i = 0; i < 10; i++) {
            write(i % 2 == 0 ? LogLevel.WARN : LogLevel.INFO, "number " + i);
        }
        assertThat(messages(new LogQuery(2, LogLevel.WARN)))
                .containsExactly("number 6", "number 8");
    }

    @Test
    void who_follows_is_told_what_came_after_and_the_newest_number_whatever_its_level() {
        write(LogLevel.WARN, "one");
        long last = lines.read(ALL).last();
        write(LogLevel.WARN, "two");
        write(LogLevel.DEBUG, "three");
        LogExcerpt next = lines.read(new LogQuery(9, LogLevel.WARN).after(last));
        assertThat(next.entries()).extracting(LogEntry::message).containsExactly("two");
        assertThat(next.last()).isEqualTo(3);
        assertThat(next.missed()).isZero();
        assertThat(lines.read(ALL.after(next.last())).entries()).isEmpty();
        assertThat(lines.read(ALL.after(99)).entries()).isEmpty();
    }

    @Test
    void keeps_so_many_and_no_more_and_says_what_was_missed() {
        int more = 10;
        for (int i = 1; i <= LatestLines.MAX_ENTRIES + more; i++) {
            write(LogLevel.INFO, "number " + i);
        }
        assertThat(messages(ALL))
                .hasSize(LatestLines.MAX_ENTRIES)
                .startsWith("number " + (more + 1))
                .endsWith("number " + (LatestLines.MAX_ENTRIES + more));
        assertThat(lines.read(ALL.after(4)).missed()).isEqualTo(more - 4);
        assertThat(lines.read(ALL.after(more)).missed()).isZero();
        assertThat(lines.read(ALL).missed()).isZero();
    }

    @Test
    void keeps_so_many_bytes_and_no_more() {
        String longest = "x".repeat(10 * Message.MAX_CHARS);
        for (int i = 0; i < 1000; i++) {
            write(LogLevel.INFO, longest);
        }
        List<String> kept = messages(ALL);
        long bytes = kept.stream().mapToLong(message -> 2L * message.length()).sum();
        assertThat(bytes).isLessThanOrEqualTo(LatestLines.MAX_BYTES);
        assertThat(bytes).isGreaterThan(LatestLines.MAX_BYTES - 3L * Message.MAX_CHARS);
        assertThat(kept).allMatch(message -> message.endsWith(Message.CUT));
        write(LogLevel.INFO, "small");
        assertThat(messages(ALL)).endsWith("small");
    }

    @Test
    void many_threads_lose_nothing_and_use_no_number_twice() throws InterruptedException {
        int threads = 8;
        int each = LatestLines.MAX_ENTRIES / threads;
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int self = i;
            started.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        await(go);
                                        for (int j = 0; j < each; j++) {
                                            write(LogLevel.INFO, self + " " + j);
                                        }
                                    }));
        }
        go.countDown();
        long seen = 0;
        while (seen < (long) threads * each) {
            LogExcerpt excerpt = lines.read(ALL.after(seen));
            assertThat(excerpt.missed()).isZero();
            if (!excerpt.entries().isEmpty()) {
                assertThat(excerpt.entries().getFirst().number()).isEqualTo(seen + 1);
            }
            seen = excerpt.last();
        }
        for (Thread thread : started) {
            thread.join();
        }
        List<LogEntry> kept = lines.read(ALL).entries();
        assertThat(kept)
                .extracting(LogEntry::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, (long) threads * each).boxed().toList());
        assertThat(kept.stream().map(LogEntry::message).distinct()).hasSize(threads * each);
    }

    private static void await(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
