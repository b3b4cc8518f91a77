package org.flowshield.node.ledger.sqlite;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A call on a file, as strace wrote it down with {@code -y -xx}. Immutable.
 *
 * @param name of the call
 * @param bytes that were written, none for other calls
 * @param number the offset of a write, the length of a truncation
 */
record TracedCall(String name, Path file, byte[] bytes, long number) {

    private static final Pattern CALL =
            Pattern.compile(
                    "\\d+ +(\\w+)\\((?:\\d+<([^>]*)>|\"([^\"]*)\")(?:, \"([^\"]*)\")?([^)]*)\\) += (\\d+)");

    /** Two threads can be in calls at once: the second line has the rest of the first. */
    private static final Pattern UNFINISHED =
            Pattern.compile("(\\d+) +(.*) <unfinished \\.\\.\\.>");

    private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. \\w+ resumed>(.*)");

    static List<TracedCall> parse(Stream<String> lines) {
        List<TracedCall> calls = new ArrayList<>();
        Map<String, String> begun = new HashMap<>();
        lines.forEach(
                line -> {
                    Matcher unfinished = UNFINISHED.matcher(line);
                    Matcher resumed = RESUMED.matcher(line);
                    if (unfinished.matches()) {
                        begun.put(unfinished.group(1), unfinished.group(2));
                    } else if (resumed.matches()) {
                        String start = begun.remove(resumed.group(1));
                        add(resumed.group(1) + " " + start + resumed.group(2), calls);
                    } else {
                        add(line, calls);
                    }
                });
        return calls;
    }

    private static void add(String line, List<TracedCall> calls) {
        if (line.contains(" --- ") || line.contains(" ???( <detached ...>")) {
            return; // a signal, with which the JVM checks itself; a thread whose end was not seen
        }
        Matcher call = CALL.matcher(line);
        if (!call.lookingAt()) {
            throw new IllegalStateException("strace wrote: " + line);
        }
        String path = call.group(2) == null ? call.group(3) : call.group(2);
        byte[] bytes = call.group(4) == null ? new byte[0] : unhex(call.group(4));
        String[] numbers = call.group(5).split(", ", -1);
        long number =
                switch (call.group(1)) {
                    case "pwrite64" -> Long.parseLong(numbers[2]);
                    case "ftruncate" -> Long.parseLong(numbers[1]);
                    default -> 0;
                };
        boolean writes = bytes.length > 0;
        if (writes && bytes.length != Long.parseLong(call.group(6))) {
            throw new IllegalStateException("a write that was cut short: " + line);
        }
        calls.add(
                new TracedCall(
                        call.group(1),
                        Path.of(new String(unhex(path), StandardCharsets.UTF_8)),
                        bytes,
                        number));
    }

    private static byte[] unhex(String text) {
        return HexFormat.of().parseHex(text.replace("\\x", ""));
    }

    String text() {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
