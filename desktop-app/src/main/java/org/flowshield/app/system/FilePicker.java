package org.flowshield.app.system;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Asks the person for a file. For the FX thread. */
@FunctionalInterface
public interface FilePicker {

    /**
     * Where to write something; empty if they changed their mind.
     *
     * @param title of the dialog
     * @param name that is suggested
     */
    Optional<Path> save(String title, String name);

    /**
     * The system's dialog.
     *
     * @param owner the window that it stands before; null: none
     */
    static FilePicker ofSystem(Supplier<@Nullable Window> owner) {
        return (title, name) -> {
            FileChooser chooser = new FileChooser();
            chooser.setTitle(title);
            chooser.setInitialFileName(name);
            File chosen = chooser.showSaveDialog(owner.get());
            return Optional.ofNullable(chosen).map(File::toPath);
        };
    }
}
