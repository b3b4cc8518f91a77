package org.flowshield.app.system.linux;

import java.util.HashMap;
import java.util.Map;
import org.flowshield.app.system.Tray;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.Variant;

/**
 * The icon as the tray sees it: names of the icon theme, which every desktop has in its own look.
 * Trays draw its menu themselves; any click that they hand on raises the window. Called by the
 * bus's threads.
 */
final class TrayItem implements StatusNotifierItem, Properties {

    private final String title;
    private final Runnable raise;
    private volatile Tray.Look look = Tray.Look.OPEN;

    TrayItem(String title, Runnable raise) {
        this.title = title;
        this.raise = raise;
    }

    void show(Tray.Look now) {
        look = now;
    }

    /** As Adwaita, Breeze and their like name what a VPN is doing. */
    static String icon(Tray.Look look) {
        return switch (look) {
            case OPEN -> "network-vpn-disconnected-symbolic";
            case BUSY -> "network-vpn-acquiring-symbolic";
            case CONNECTED -> "network-vpn-symbolic";
            case TROUBLE -> "network-vpn-error-symbolic";
        };
    }

    private Map<String, Variant<?>> properties() {
        Map<String, Variant<?>> properties = new HashMap<>();
        properties.put("Category", new Variant<>("SystemServices"));
        properties.put("Id", new Variant<>("flowshield"));
        properties.put("Title", new Variant<>(title));
        properties.put(
                "Status", new Variant<>(look == Tray.Look.TROUBLE ? "NeedsAttention" : "Active"));
        properties.put("WindowId", new Variant<>(0));
        properties.put("IconName", new Variant<>(icon(look)));
        properties.put("AttentionIconName", new Variant<>(icon(Tray.Look.TROUBLE)));
        properties.put("ItemIsMenu", new Variant<>(false));
        properties.put("Menu", new Variant<>(new DBusPath(DbusMenu.PATH)));
        return properties;
    }

    @Override
    public void Activate(int x, int y) {
        raise.run();
    }

    @Override
    public void SecondaryActivate(int x, int y) {
        raise.run();
    }

    @Override
    public void ContextMenu(int x, int y) {
        raise.run();
    }

    @Override
    public void Scroll(int delta, String orientation) {
        // nothing here is turned up or down
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the library's signature
    public <A> A Get(String of, String property) {
        Variant<?> value = properties().get(property);
        if (value == null) {
            throw new IllegalArgumentException("there is no property " + property);
        }
        return (A) value;
    }

    @Override
    public <A> void Set(String of, String property, A value) {
        throw new IllegalArgumentException("nobody else sets properties of this icon");
    }

    @Override
    public Map<String, Variant<?>> GetAll(String of) {
        return properties();
    }

    @Override
    public String getObjectPath() {
        return PATH;
    }
}
