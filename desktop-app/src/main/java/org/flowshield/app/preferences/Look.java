package org.flowshield.app.preferences;

import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.jspecify.annotations.Nullable;

/** How the window looks and speaks, changed at once. For the FX thread. */
public interface Look {

    void brightness(Brightness chosen);

    /** All screens are made anew in it; null: the system's. */
    void language(@Nullable Language chosen);
}
