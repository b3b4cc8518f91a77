package org.flowshield.app.preferences;

import org.flowshield.app.logs.OwnLog;
import org.flowshield.app.system.Autostart;
import org.flowshield.app.system.FilePicker;
import org.flowshield.app.system.SystemClipboard;
import org.jspecify.annotations.Nullable;

/**
 * What settings change outside of their own page. Immutable.
 *
 * @param autostart null where the app can't be started so: then there is no such switch
 * @param log the app's own
 */
public record Surroundings(
        Look look,
        @Nullable Autostart autostart,
        FilePicker picker,
        SystemClipboard clipboard,
        OwnLog log,
        Facts facts) {}
