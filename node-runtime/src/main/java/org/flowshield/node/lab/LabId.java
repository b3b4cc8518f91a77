package org.flowshield.node.lab;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the labs of one machine apart. Namespaces bear it: {@code fs-a1b2c3-client}.
 *
 * @param value six hexadecimal digits
 */
record LabId(String value) {

    private static final String PREFIX = "fs-";
    private static final Pattern VALUE = Pattern.compile("[0-9a-f]{6}");
    private static final Pattern NAMESPACE =
            Pattern.compile(PREFIX + "([0-9a-f]{6})-(client|router|provider|internet)");

    LabId {
        if (!VALUE.matcher(value).matches()) throw new IllegalArgumentException(value);
    }

    static LabId random(RandomGenerator random) {
        return new LabId(HexFormat.of().toHexDigits(random.nextInt() & 0xFF_FFFF, 6));
    }

    static Optional<LabId> parse(String value) {
        return VALUE.matcher(value).matches() ? Optional.of(new LabId(value)) : Optional.empty();
    }

    /** The lab to which a network namespace belongs; empty if it is none of ours. */
    static Optional<LabId> ofNamespace(String name) {
        Matcher matcher = NAMESPACE.matcher(name);
        return matcher.matches() ? Optional.of(new LabId(matcher.group(1))) : Optional.empty();
    }

    String name(Namespace namespace) {
        return PREFIX + value + "-" + namespace.label();
    }
}
