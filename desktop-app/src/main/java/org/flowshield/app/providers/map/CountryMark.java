package org.flowshield.app.providers.map;

/**
 * What the map shows of a country. Immutable.
 *
 * @param code two letters of ISO 3166-1
 * @param providers how many are there
 * @param shade 0 to {@value #SHADES} - 1: how strongly it is coloured
 * @param words all that is said of it, for tooltip and screen reader
 */
public record CountryMark(String code, int providers, int shade, String words) {

    /** More are not told apart. */
    public static final int SHADES = 4;

    public CountryMark {
        if (shade < 0 || shade >= SHADES) {
            throw new IllegalArgumentException("a shade is 0 to " + (SHADES - 1));
        }
    }
}
