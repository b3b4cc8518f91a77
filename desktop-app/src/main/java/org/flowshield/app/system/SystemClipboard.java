package org.flowshield.app.system;

import java.util.Map;
import java.util.Optional;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;

/** What is copied and pasted. Nothing secret is ever put there. For the FX thread. */
public interface SystemClipboard {

    /** The system's own. */
    SystemClipboard SYSTEM =
            new SystemClipboard() {
                @Override
                public void put(String text) {
                    Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, text));
                }

                @Override
                public Optional<String> text() {
                    return Optional.ofNullable(Clipboard.getSystemClipboard().getString());
                }
            };

    void put(String text);

    /** What is there now; empty if that is no text. */
    Optional<String> text();
}
