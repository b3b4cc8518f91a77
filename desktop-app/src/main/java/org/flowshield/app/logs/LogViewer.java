package org.flowshield.app.logs;

import java.time.Duration;
import javafx.scene.Node;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.screen.Context;
import org.flowshield.app.system.FilePicker;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.threads.Seconds;
import org.flowshield.node.api.logs.LogText;

/**
 * A part of a page that shows the service's log and the app's own, if somebody wants to see them.
 * For the FX thread.
 */
public final class LogViewer {

    /** While one reads, news may take a moment. */
    private static final Duration LOOKED_EVERY = Duration.ofSeconds(2);

    private final LogController controller;
    private final Node root;

    public LogViewer(Context context, OwnLog own, FilePicker picker, SystemClipboard clipboard) {
        LogModel model = new LogModel();
        this.controller = new LogController(model, context, own, picker, clipboard);
        this.root =
                new LogPanel(
                                model,
                                controller,
                                context.texts("logs"),
                                new LogText(context.format().zone()))
                        .root(own.path().toString());
        Seconds seconds = new Seconds(context.ui(), LOOKED_EVERY, controller::tick);
        model.open()
                .subscribe(
                        open -> {
                            if (open) {
                                seconds.start();
                            } else {
                                seconds.stop();
                            }
                        });
    }

    public Node root() {
        return root;
    }

    /** How the service stands, while the page is seen. */
    public void heard(DaemonState state) {
        controller.heard(state);
    }

    /** The page is no longer seen: nothing is asked for, and nothing kept. */
    public void hidden() {
        controller.close();
    }
}
