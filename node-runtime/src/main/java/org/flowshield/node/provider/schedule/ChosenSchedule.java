package org.flowshield.node.provider.schedule;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.flowshield.node.disk.DurableFile;
import org.flowshield.node.hours.MalformedHoursException;
import org.flowshield.node.hours.WeeklyHours;

/**
 * The hours that somebody chose while the node ran, and what was switched against them; both
 * outlive it in a file, and go before the configuration. Immutable.
 */
record ChosenSchedule(
        Optional<Boolean> enabled, Optional<WeeklyHours> hours, Optional<ByHand> byHand) {

    /** Nobody chose. */
    static final ChosenSchedule NONE =
            new ChosenSchedule(Optional.empty(), Optional.empty(), Optional.empty());

    private static final int MAX_BYTES = 4096;

    private static final String ENABLED = "enabled";
    private static final String HOURS = "hours";
    private static final String BY_HAND = "by-hand";

    ChosenSchedule with(Optional<ByHand> hand) {
        return new ChosenSchedule(enabled, hours, hand);
    }

    /**
     * Reads them; nobody chose if there is no file.
     *
     * @throws IOException if the file is not what was written
     */
    static ChosenSchedule read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return NONE;
        }
        Properties lines = new Properties();
        try (var in = Files.newInputStream(file)) {
            lines.load(
                    new StringReader(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)));
            String hours = lines.getProperty(HOURS);
            return new ChosenSchedule(
                    Optional.ofNullable(lines.getProperty(ENABLED)).map(ChosenSchedule::flag),
                    hours == null ? Optional.empty() : Optional.of(WeeklyHours.parse(hours)),
                    Optional.ofNullable(lines.getProperty(BY_HAND)).map(ByHand::parse));
        } catch (MalformedHoursException | IllegalArgumentException e) {
            throw new IOException(
                    "the schedule in " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        }
        return text.equals("true");
    }

    /** Keeps them: the file is there whole or not at all, and on the disk. */
    void write(Path file) throws IOException {
        StringBuilder lines = new StringBuilder();
        enabled.ifPresent(one -> line(lines, ENABLED, one));
        hours.ifPresent(one -> line(lines, HOURS, one));
        byHand.ifPresent(one -> line(lines, BY_HAND, one));
        DurableFile.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void line(StringBuilder lines, String name, Object value) {
        lines.append(name).append(" = ").append(value).append('\n');
    }
}
