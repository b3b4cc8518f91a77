package org.flowshield.node.cli.prompt;

import java.io.Console;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.jspecify.annotations.Nullable;

/** The terminal that this process runs in. */
public final class ConsolePrompt implements Prompt {

    /** More characters than anybody answers with. */
    private static final int MAX_ANSWER = 2048;

    /** To the top, the screen, and what was scrolled out of it (ECMA-48, xterm). */
    private static final String CLEAR = "\u001b[H\u001b[2J\u001b[3J";

    private final @Nullable Console console = find();

    @Override
    public boolean isTerminal() {
        return console != null && console.isTerminal();
    }

    @Override
    public void say(String line) {
        Console console = this.console;
        if (console != null) {
            console.writer().println(line);
            console.flush();
        }
    }

    @Override
    public char[] ask(String question) throws CommandFailedException {
        Console console = terminal();
        console.writer().print(question);
        console.flush();
        char[] answer = new char[MAX_ANSWER];
        try {
            Reader reader = console.reader();
            int length = 0;
            for (int c = reader.read(); c >= 0 && c != '\n'; c = reader.read()) {
                if (length < MAX_ANSWER) {
                    answer[length++] = (char) c;
                }
            }
            return Arrays.copyOf(answer, length);
        } catch (IOException e) {
            throw gone(e);
        } finally {
            Arrays.fill(answer, '\0');
        }
    }

    @Override
    public char[] askSecret(String question) throws CommandFailedException {
        char[] answer = terminal().readPassword("%s", question);
        if (answer == null) {
            throw gone(null);
        }
        return answer;
    }

    @Override
    public void clear() {
        say(CLEAR);
    }

    /** None where neither end is a terminal. */
    private static @Nullable Console find() {
        return System.console();
    }

    private Console terminal() throws CommandFailedException {
        if (console == null || !console.isTerminal()) {
            throw gone(null);
        }
        return console;
    }

    private static CommandFailedException gone(@Nullable IOException cause) {
        CommandFailedException failed =
                new CommandFailedException(
                        ExitStatus.USAGE,
                        "no_terminal",
                        "there is nobody at a terminal who could be asked",
                        "run it in a terminal, or name a file: --password-file FILE");
        if (cause != null) {
            failed.initCause(cause);
        }
        return failed;
    }
}
