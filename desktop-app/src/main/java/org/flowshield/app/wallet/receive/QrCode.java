package org.flowshield.app.wallet.receive;

import io.nayuki.qrcodegen.QrCode.Ecc;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;

/**
 * A text as a QR code (ISO/IEC 18004), dark on white in every theme, as readers want it, with the
 * margin that they need. For the FX thread.
 */
final class QrCode extends StackPane {

    /** Modules that must stay white around it. */
    private static final int MARGIN = 4;

    /** Pixels of a module: seen well from an arm's length. */
    private static final int SCALE = 5;

    QrCode(String text, String name) {
        io.nayuki.qrcodegen.QrCode code = io.nayuki.qrcodegen.QrCode.encodeText(text, Ecc.MEDIUM);
        int side = (code.size + 2 * MARGIN) * SCALE;
        Canvas canvas = new Canvas(side, side);
        GraphicsContext graphics = canvas.getGraphicsContext2D();
        graphics.setFill(Color.WHITE);
        graphics.fillRect(0, 0, side, side);
        graphics.setFill(Color.BLACK);
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    graphics.fillRect(
                            (x + MARGIN) * (double) SCALE,
                            (y + MARGIN) * (double) SCALE,
                            SCALE,
                            SCALE);
                }
            }
        }
        getChildren().setAll(canvas);
        getStyleClass().add("qr");
        setMinSize(side, side);
        setMaxSize(side, side);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(name);
    }
}
