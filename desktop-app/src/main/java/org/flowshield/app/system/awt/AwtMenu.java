package org.flowshield.app.system.awt;

import java.awt.MenuItem;
import java.awt.PopupMenu;
import java.util.List;
import java.util.function.Consumer;
import org.flowshield.app.system.TrayMenu;

/**
 * The icon's menu. Lines that stay what they are keep their item, so that one who has the menu open
 * sees it change and not vanish. For AWT's thread.
 */
final class AwtMenu {

    private static final String DIVIDER = "-";

    private final PopupMenu popup = new PopupMenu();
    private final Consumer<TrayMenu.Action> chosen;
    private TrayMenu shown = TrayMenu.EMPTY;

    AwtMenu(Consumer<TrayMenu.Action> chosen) {
        this.chosen = chosen;
    }

    PopupMenu popup() {
        return popup;
    }

    void show(TrayMenu menu) {
        if (!kinds(menu).equals(kinds(shown))) {
            popup.removeAll();
            menu.lines().forEach(line -> popup.add(item(line)));
        }
        for (int i = 0; i < menu.lines().size(); i++) {
            fill(popup.getItem(i), menu.lines().get(i));
        }
        shown = menu;
    }

    /** What has to be the same for an item to be kept. */
    private static List<Object> kinds(TrayMenu menu) {
        return menu.lines().stream().map(AwtMenu::kind).toList();
    }

    private static Object kind(TrayMenu.Line line) {
        return switch (line) {
            case TrayMenu.Line.Entry entry -> entry.action();
            case TrayMenu.Line.Words _, TrayMenu.Line.Divider _ -> line.getClass();
        };
    }

    private MenuItem item(TrayMenu.Line line) {
        MenuItem item =
                new MenuItem(DIVIDER); // drawn as one, if that is its label when it is added
        fill(item, line);
        if (line instanceof TrayMenu.Line.Entry entry) {
            item.addActionListener(_ -> chosen.accept(entry.action()));
        }
        return item;
    }

    private static void fill(MenuItem item, TrayMenu.Line line) {
        switch (line) {
            case TrayMenu.Line.Words(String text) -> {
                item.setLabel(text);
                item.setEnabled(false);
            }
            case TrayMenu.Line.Entry(var _, String text, boolean enabled) -> {
                item.setLabel(text);
                item.setEnabled(enabled);
            }
            case TrayMenu.Line.Divider _ -> {}
        }
    }
}
