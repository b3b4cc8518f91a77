package org.flowshield.app.text;

import java.text.MessageFormat;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * What one part of the app says, in one language. Each part has its own files, {@code
 * org/flowshield/app/PART/texts_LANGUAGE.properties}, in UTF-8. Immutable.
 */
public final class Texts {

    private static final String ROOT = "org.flowshield.app.";

    private final Language language;
    private final ResourceBundle bundle;

    private Texts(Language language, ResourceBundle bundle) {
        this.language = language;
        this.bundle = bundle;
    }

    /**
     * Those of a part.
     *
     * @param part the last name of its package, such as {@code connect}
     */
    public static Texts of(Language language, String part) {
        return new Texts(
                language,
                ResourceBundle.getBundle(
                        ROOT + part + ".texts",
                        language.locale(),
                        ResourceBundle.Control.getNoFallbackControl(
                                ResourceBundle.Control.FORMAT_PROPERTIES)));
    }

    public Language language() {
        return language;
    }

    /**
     * A text, with its places filled as {@link MessageFormat} does. Without arguments it is taken
     * as it stands, apostrophes too.
     *
     * @throws MissingResourceException if there is none: a test compares keys and code
     */
    public String of(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0
                ? pattern
                : new MessageFormat(pattern, language.locale()).format(arguments);
    }

    /** Whether there is such a text. */
    public boolean has(String key) {
        return bundle.containsKey(key);
    }
}
