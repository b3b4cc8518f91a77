package org.flowshield.app.system.linux;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.flowshield.app.system.Notifier;
import org.flowshield.app.system.Tray;
import org.flowshield.app.system.TrayMenu;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.types.UInt32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tray, its menu and notifications of a Linux desktop, over one connection to its session bus. A
 * desktop without a tray is asked again each time the icon changes: panels come and go. Safe for
 * use by any thread; each call may wait for the bus.
 */
public final class SessionBusDesktop implements Tray, Notifier {

    private static final Logger LOG = LoggerFactory.getLogger(SessionBusDesktop.class);
    private static final String APP = "FlowShield";

    /** The desktop decides on how long it is shown. */
    private static final int USUAL_TIME = -1;

    private final DBusConnection bus;
    private final TrayItem item;
    private final TrayItemMenu itemMenu;

    /** Below are protected by this object's lock. */
    private volatile boolean there;

    private Look look = Look.OPEN;
    private TrayMenu menu = TrayMenu.EMPTY;
    private UInt32 last = new UInt32(0);

    private SessionBusDesktop(DBusConnection bus, TrayItem item, TrayItemMenu itemMenu) {
        this.bus = bus;
        this.item = item;
        this.itemMenu = itemMenu;
    }

    /**
     * Connects to the bus of the environment; empty if there is none.
     *
     * @param chosen called by a thread of the bus when somebody clicks the icon, which is {@code
     *     OPEN}, or a line of its menu
     */
    public static Optional<SessionBusDesktop> connect(Consumer<TrayMenu.Action> chosen) {
        return connect(DBusConnectionBuilder::forSessionBus, chosen);
    }

    /** The same with a bus of that address. */
    static Optional<SessionBusDesktop> connect(String address, Consumer<TrayMenu.Action> chosen) {
        return connect(() -> DBusConnectionBuilder.forAddress(address), chosen);
    }

    private static Optional<SessionBusDesktop> connect(
            Supplier<DBusConnectionBuilder> builder, Consumer<TrayMenu.Action> chosen) {
        try {
            DBusConnection bus = builder.get().withShared(false).build(); // looks for it already
            TrayItem item = new TrayItem(APP, () -> chosen.accept(TrayMenu.Action.OPEN));
            TrayItemMenu menu = new TrayItemMenu(chosen);
            bus.exportObject(StatusNotifierItem.PATH, item);
            bus.exportObject(DbusMenu.PATH, menu);
            SessionBusDesktop desktop = new SessionBusDesktop(bus, item, menu);
            desktop.register();
            return Optional.of(desktop);
        } catch (DBusException | RuntimeException e) {
            LOG.info("no session bus, so neither tray nor notifications: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** What others on the bus call this app. */
    String name() {
        return bus.getUniqueName();
    }

    private synchronized void register() {
        try {
            bus.getRemoteObject(
                            StatusNotifierWatcher.BUS,
                            StatusNotifierWatcher.PATH,
                            StatusNotifierWatcher.class)
                    .RegisterStatusNotifierItem(name());
            there = true;
        } catch (DBusException | DBusExecutionException e) {
            LOG.debug("the desktop has no tray: {}", e.getMessage());
            there = false;
        }
    }

    @Override
    public boolean isThere() {
        return there;
    }

    @Override
    public synchronized void show(Look now, TrayMenu offered) {
        boolean looksSo = now == look;
        boolean offersSo = offered.equals(menu);
        if (looksSo && offersSo && there) {
            return;
        }
        look = now;
        menu = offered;
        item.show(now);
        if (!offersSo) {
            itemMenu.show(offered);
        }
        if (!there) {
            register();
            return;
        }
        try {
            if (!looksSo) {
                bus.sendMessage(new StatusNotifierItem.NewIcon(StatusNotifierItem.PATH));
            }
            if (!offersSo) {
                bus.sendMessage(
                        new DbusMenu.LayoutUpdated(
                                DbusMenu.PATH, itemMenu.revision(), DbusMenu.ROOT));
            }
        } catch (DBusException e) {
            LOG.warn("the tray does not see what has changed", e);
        }
    }

    @Override
    public synchronized void tell(String title, String words) {
        try {
            last =
                    bus.getRemoteObject(Notifications.BUS, Notifications.PATH, Notifications.class)
                            .Notify(
                                    APP,
                                    last,
                                    TrayItem.icon(look),
                                    title,
                                    words,
                                    List.of(),
                                    Map.of(),
                                    USUAL_TIME);
        } catch (DBusException | DBusExecutionException e) {
            LOG.debug("the desktop shows no notifications: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        bus.disconnect();
    }
}
