package org.flowshield.app.text;

import java.util.Locale;

/** A language that the app is complete in. */
public enum Language {
    ENGLISH("en", Locale.UK, "English"),
    GERMAN("de", Locale.GERMANY, "Deutsch"),
    CHINESE("zh", Locale.CHINA, "中文");

    private final String code;
    private final Locale locale;
    private final String ownName;

    Language(String code, Locale locale, String ownName) {
        this.code = code;
        this.locale = locale;
        this.ownName = ownName;
    }

    /** Two letters of ISO 639. */
    public String code() {
        return code;
    }

    /** How numbers and times are written in it. */
    public Locale locale() {
        return locale;
    }

    /** What who speaks it calls it. */
    public String ownName() {
        return ownName;
    }

    /** The one that a system's locale asks for; English if it is none of ours. */
    public static Language of(Locale system) {
        for (Language language : values()) {
            if (language.code.equals(system.getLanguage())) {
                return language;
            }
        }
        return ENGLISH;
    }
}
