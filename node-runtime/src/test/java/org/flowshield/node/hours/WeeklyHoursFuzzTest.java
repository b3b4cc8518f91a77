package org.flowshield.node.hours;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Any text names hours that are written and read again as the same, or is refused. */
final class WeeklyHoursFuzzTest {

    @FuzzTest
    void any_text_names_hours_or_is_refused(byte[] text) {
        WeeklyHours hours;
        try {
            hours = WeeklyHours.parse(new String(text, StandardCharsets.UTF_8));
        } catch (MalformedHoursException expected) {
            if (String.valueOf(expected.getMessage()).isEmpty()) {
                throw new AssertionError("a refusal without a reason");
            }
            return;
        }
        try {
            if (!WeeklyHours.parse(hours.toString()).equals(hours)) {
                throw new AssertionError(hours + " is read as other hours");
            }
        } catch (MalformedHoursException e) {
            throw new AssertionError(hours + " is not read again", e);
        }
    }
}
