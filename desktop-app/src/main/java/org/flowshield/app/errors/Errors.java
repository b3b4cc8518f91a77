package org.flowshield.app.errors;

import org.flowshield.app.daemon.Failure;
import org.flowshield.app.text.Language;
import org.flowshield.app.text.Redaction;
import org.flowshield.app.text.Texts;
import org.flowshield.node.api.Problem;

/**
 * Explains failures in one language: by their code where it is known, else with the words that came
 * with them, as far as they are of use in an app. Immutable.
 */
public final class Errors {

    private final Texts texts;

    public Errors(Language language) {
        this.texts = Texts.of(language, "errors");
    }

    public Explanation explain(Failure failure) {
        return explain(failure.problem());
    }

    /** Of a problem that a status tells, too. */
    public Explanation explain(Problem problem) {
        String code = problem.code();
        if (!texts.has(code + ".title")) {
            return new Explanation(
                    texts.of("other.title"),
                    texts.of("other.meaning"),
                    action(problem),
                    said(problem));
        }
        return new Explanation(
                texts.of(code + ".title"),
                texts.of(Codes.effect(code).key()),
                texts.of(code + ".action"),
                said(problem));
    }

    /** In a few words, for a line among others. */
    public String brief(Problem problem) {
        String title = problem.code() + ".title";
        if (texts.has(title)) {
            return texts.of(title);
        }
        String said = Commands.without(problem.message());
        return said.isBlank() ? texts.of("other.title") : begun(said.strip());
    }

    /** Where all that helps is a command, an app and a node of one version know better. */
    private String action(Problem problem) {
        String action = Commands.without(problem.action());
        return action.isBlank() ? texts.of("other.action") : sentence(action);
    }

    private static String said(Problem problem) {
        return sentence(Commands.without(problem.message()));
    }

    /**
     * What a person sends to who helps them: the code and what was said, without anything that
     * names them, their money or whom they deal with. In English.
     */
    public static String details(Failure failure) {
        Problem problem = failure.problem();
        return Redaction.of(
                "FlowShield, "
                        + failure.kind()
                        + ", "
                        + problem.code()
                        + "\n"
                        + problem.message()
                        + "\n"
                        + problem.action());
    }

    /** Messages begin small and end without a stop, as they stand behind a program's name. */
    private static String sentence(String message) {
        String text = message.strip();
        if (text.isEmpty()) {
            return "";
        }
        String begun = begun(text);
        return begun.endsWith(".") || begun.endsWith("!") || begun.endsWith("?")
                ? begun
                : begun + ".";
    }

    private static String begun(String text) {
        int first = text.codePointAt(0);
        return Character.isLowerCase(first) && !text.startsWith("0x")
                ? Character.toString(Character.toUpperCase(first))
                        + text.substring(Character.charCount(first))
                : text;
    }
}
