package org.flowshield.node.provider;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.config.BitRate;
import org.flowshield.node.disk.DurableFile;
import org.flowshield.node.payment.Country;

/**
 * What an operator chose to sell for while the node ran; it outlives it in a file and goes before
 * the configuration. Immutable.
 */
public record ChosenOffer(
        Optional<TokenAmount> price,
        Optional<EvmAddress> payee,
        Optional<BitRate> limit,
        Optional<Country> country,
        Optional<Boolean> atStart) {

    /** Nobody chose. */
    public static final ChosenOffer NONE =
            new ChosenOffer(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    private static final int MAX_BYTES = 4096;

    private static final String PRICE = "price";
    private static final String PAYEE = "payee";
    private static final String LIMIT = "limit";
    private static final String COUNTRY = "country";
    private static final String AT_START = "at-start";

    /** These choices, and the earlier ones where they say nothing. */
    public ChosenOffer over(ChosenOffer earlier) {
        return new ChosenOffer(
                price.or(earlier::price),
                payee.or(earlier::payee),
                limit.or(earlier::limit),
                country.or(earlier::country),
                atStart.or(earlier::atStart));
    }

    /**
     * Reads them; nobody chose if there is no file.
     *
     * @throws IOException if the file is not what was written
     */
    public static ChosenOffer read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return NONE;
        }
        Properties lines = new Properties();
        try (var in = Files.newInputStream(file)) {
            lines.load(
                    new StringReader(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)));
            return new ChosenOffer(
                    said(lines, PRICE, TokenAmount::parse),
                    said(lines, PAYEE, EvmAddress::parse),
                    said(lines, LIMIT, BitRate::parse),
                    said(lines, COUNTRY, Country::new),
                    said(lines, AT_START, ChosenOffer::flag));
        } catch (MalformedAmountException
                | MalformedAddressException
                | IllegalArgumentException e) {
            throw new IOException("the offer in " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        }
        return text.equals("true");
    }

    private interface Reading<T> {
        T parse(String text) throws MalformedAmountException, MalformedAddressException;
    }

    private static <T> Optional<T> said(Properties lines, String name, Reading<T> reading)
            throws MalformedAmountException, MalformedAddressException {
        String text = lines.getProperty(name);
        return text == null ? Optional.empty() : Optional.of(reading.parse(text));
    }

    /** Keeps them: the file is there whole or not at all, and on the disk. */
    public void write(Path file) throws IOException {
        StringBuilder lines = new StringBuilder();
        price.ifPresent(one -> line(lines, PRICE, one.decimal()));
        payee.ifPresent(one -> line(lines, PAYEE, one));
        limit.ifPresent(one -> line(lines, LIMIT, one));
        country.ifPresent(one -> line(lines, COUNTRY, one));
        atStart.ifPresent(one -> line(lines, AT_START, one));
        DurableFile.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void line(StringBuilder lines, String name, Object value) {
        lines.append(name).append(" = ").append(value).append('\n');
    }
}
