package org.flowshield.node.cli.p2p;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of bytes on the command line: {@code 1500}, {@code 64M}, {@code 1G}.
 *
 * @param bytes at least 1
 */
record ByteCount(long bytes) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})([KMG]?)");

    static ByteCount parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new TypeConversionException(
                    "'" + text + "' is no number of bytes, such as 1500, 64M or 1G");
        }
        int shift =
                switch (matcher.group(2)) {
                    case "K" -> 10;
                    case "M" -> 20;
                    case "G" -> 30;
                    default -> 0;
                };
        try {
            return new ByteCount(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift));
        } catch (ArithmeticException _) {
            throw new TypeConversionException("'" + text + "' is more bytes than there are");
        }
    }

    static final class Converter implements ITypeConverter<ByteCount> {
        @Override
        public ByteCount convert(String text) {
            return parse(text);
        }
    }
}
