package org.flowshield.node.payment;

/**
 * Where a provider says that it is: two capital letters of ISO 3166-1, such as NL. Immutable.
 * Whether there is such a country is for whoever shows it to say.
 */
public record Country(String code) {

    /**
     * @throws IllegalArgumentException if these are not two capital letters
     */
    public Country {
        if (code.length() != 2 || !isCapital(code.charAt(0)) || !isCapital(code.charAt(1))) {
            throw new IllegalArgumentException("a country is two capital letters, such as NL");
        }
    }

    private static boolean isCapital(char letter) {
        return letter >= 'A' && letter <= 'Z';
    }

    @Override
    public String toString() {
        return code;
    }
}
