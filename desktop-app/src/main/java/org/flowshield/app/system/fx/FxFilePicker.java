package org.flowshield.app.system.fx;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.flowshield.app.system.FilePicker;

/** The desktop's own dialogs. For the FX thread. */
public final class FxFilePicker implements FilePicker {

    private final Window owner;

    public FxFilePicker(Window owner) {
        this.owner = owner;
    }

    @Override
    public Optional<Path> save(String title, String suggestedName) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(suggestedName);
        return Optional.ofNullable(chooser.showSaveDialog(owner)).map(File::toPath);
    }

    @Override
    public Optional<Path> open(String title) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        return Optional.ofNullable(chooser.showOpenDialog(owner)).map(File::toPath);
    }
}
