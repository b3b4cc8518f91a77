package org.flowshield.app.system.fx;

import java.util.Map;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import org.flowshield.app.system.SystemClipboard;

/** The desktop's clipboard. For the FX thread. */
public final class FxClipboard implements SystemClipboard {

    @Override
    public void copy(String text) {
        boolean _ = Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, text));
    }

    @Override
    public String text() {
        String text = Clipboard.getSystemClipboard().getString();
        return text == null ? "" : text;
    }
}
