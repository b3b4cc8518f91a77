package org.flowshield.app.firstrun;

import java.security.SecureRandom;
import java.util.function.Consumer;
import javafx.scene.layout.Region;
import org.flowshield.app.screen.Context;
import org.flowshield.app.screen.Screen;
import org.flowshield.app.service.ServiceSetup;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.text.Language;

/** Stands in the window instead of everything else until it is gone through. For the FX thread. */
public final class FirstRunScreen implements Screen {

    private final FirstRunController controller;
    private final FirstRunView view;

    /**
     * @param language called when the person wants another
     * @param done called at the end
     */
    public FirstRunScreen(
            Context context,
            ServiceSetup setup,
            SystemClipboard clipboard,
            Consumer<Language> language,
            Runnable done) {
        FirstRunModel model = new FirstRunModel();
        this.controller =
                new FirstRunController(
                        model,
                        context.desks().wallet(),
                        context.daemon(),
                        setup,
                        context.settings(),
                        context.work(),
                        context.ui(),
                        new SecureRandom(),
                        done);
        this.view =
                new FirstRunView(
                        model,
                        controller,
                        setup,
                        clipboard,
                        context.texts("firstrun"),
                        context.texts("secret"),
                        language);
    }

    @Override
    public Region root() {
        return view.root();
    }

    @Override
    public void shown() {
        controller.shown();
    }

    @Override
    public void hidden() {
        controller.hidden();
        view.wipe();
    }
}
