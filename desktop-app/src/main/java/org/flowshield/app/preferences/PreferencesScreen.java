package org.flowshield.app.preferences;

import javafx.scene.layout.Region;
import org.flowshield.app.logs.LogViewer;
import org.flowshield.app.screen.Context;
import org.flowshield.app.screen.Screen;

/** What a person chooses, and what the service is set to. For the FX thread. */
public final class PreferencesScreen implements Screen {

    private final PreferencesController controller;
    private final PreferencesView view;

    public PreferencesScreen(Context context, Surroundings around) {
        PreferencesModel model = new PreferencesModel();
        ConnectionModel connection = new ConnectionModel();
        ConnectionController choosing = new ConnectionController(connection, context);
        LogViewer logs = new LogViewer(context, around.log(), around.picker(), around.clipboard());
        NetworkModel network = new NetworkModel();
        NetworkController naming = new NetworkController(network, context);
        this.controller = new PreferencesController(model, choosing, logs, naming, context, around);
        this.view =
                new PreferencesView(
                        model,
                        controller,
                        new ConnectionPanel(connection, choosing, context.texts("preferences")),
                        logs,
                        new NetworkPanel(network, naming, context.texts("preferences")),
                        context,
                        around);
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
    }
}
