package org.flowshield.app.system.awt;

import java.awt.AWTException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.EventQueue;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.SystemTray;
import java.awt.TrayIcon;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import org.flowshield.app.system.Notifier;
import org.flowshield.app.system.Tray;
import org.flowshield.app.system.TrayMenu;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tray of Windows and macOS, its menu, and notifications from it. Its icon is a ring, filled
 * while connected, so that colour is not all that tells states apart. Safe for use by any thread.
 */
public final class AwtTray implements Tray, Notifier {

    private static final Logger LOG = LoggerFactory.getLogger(AwtTray.class);
    private static final int SIZE = 32;
    private static final Color ACCENT = new Color(0x0b, 0x72, 0x85);
    private static final Color TROUBLE = new Color(0xcf, 0x22, 0x2e);
    private static final Color PALE = new Color(0x6e, 0x77, 0x81);

    private final TrayIcon icon;
    private final AwtMenu menu;

    private AwtTray(TrayIcon icon, AwtMenu menu) {
        this.icon = icon;
        this.menu = menu;
    }

    /**
     * Shows it, or none where there is no tray.
     *
     * @param chosen called by AWT's thread when somebody clicks the icon, which is {@code OPEN}, or
     *     a line of its menu
     */
    public static Tray show(String title, Consumer<TrayMenu.Action> chosen) {
        if (!SystemTray.isSupported()) {
            return Tray.NONE;
        }
        TrayIcon icon = new TrayIcon(picture(Look.OPEN), title);
        icon.setImageAutoSize(true);
        icon.addActionListener(_ -> chosen.accept(TrayMenu.Action.OPEN));
        AwtMenu menu = new AwtMenu(chosen);
        icon.setPopupMenu(menu.popup());
        try {
            SystemTray.getSystemTray().add(icon);
            return new AwtTray(icon, menu);
        } catch (AWTException e) {
            LOG.info("there is no tray: {}", e.getMessage());
            return Tray.NONE;
        }
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public void show(Look look, TrayMenu offered) {
        icon.setImage(picture(look));
        EventQueue.invokeLater(() -> menu.show(offered));
    }

    @Override
    public void tell(String title, String words) {
        icon.displayMessage(title, words, TrayIcon.MessageType.NONE);
    }

    static BufferedImage picture(Look look) {
        BufferedImage picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setStroke(new BasicStroke(4));
        pen.setColor(
                switch (look) {
                    case OPEN -> PALE;
                    case BUSY, CONNECTED -> ACCENT;
                    case TROUBLE -> TROUBLE;
                });
        pen.drawOval(4, 4, SIZE - 8, SIZE - 8);
        switch (look) {
            case OPEN -> {}
            case BUSY -> pen.fillArc(4, 4, SIZE - 8, SIZE - 8, 90, 180);
            case CONNECTED -> pen.fillOval(9, 9, SIZE - 18, SIZE - 18);
            case TROUBLE -> pen.drawLine(SIZE / 2, 9, SIZE / 2, SIZE - 10);
        }
        pen.dispose();
        return picture;
    }

    @Override
    public void close() {
        SystemTray.getSystemTray().remove(icon);
    }
}
