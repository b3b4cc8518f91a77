package org.flowshield.app.system.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.flowshield.app.system.Tray;
import org.flowshield.app.system.TrayMenu;
import org.flowshield.app.system.TrayMenu.Action;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a session bus of our own, where the test is the desktop: it has a tray, or none. */
final class SessionBusDesktopIT {

    private static final long PATIENCE = 30;
    private static final Path DAEMON = Path.of("/usr/bin/dbus-daemon");
    private static final Path SEND = Path.of("/usr/bin/dbus-send");

    private static final Variant<?> NOTHING = new Variant<>("");
    private static final UInt32 NOW = new UInt32(0);

    private static final TrayMenu CONNECTED = connected("Connected, Netherlands", true);
    private static final TrayMenu ENDING = connected("Disconnecting", false);

    private @Nullable Process daemon;
    private String address = "";
    private @Nullable DBusConnection desktop;

    private static TrayMenu connected(String state, boolean enabled) {
        return new TrayMenu(
                List.of(
                        new TrayMenu.Line.Words(state),
                        new TrayMenu.Line.Entry(Action.DISCONNECT, "Disconnect", enabled),
                        new TrayMenu.Line.Divider(),
                        new TrayMenu.Line.Entry(Action.QUIT, "Quit", true)));
    }

    @BeforeEach
    void a_session_bus() throws IOException {
        assumeTrue(Files.isExecutable(DAEMON), "needs dbus-daemon (package dbus)");
        Process started =
                new ProcessBuilder(
                                DAEMON.toString(),
                                "--session",
                                "--nofork",
                                "--nopidfile",
                                "--print-address=1")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        daemon = started;
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        address = String.valueOf(lines.readLine());
    }

    @AfterEach
    void no_bus() throws InterruptedException {
        if (desktop != null) {
            desktop.disconnect();
        }
        if (daemon != null) {
            daemon.destroy();
            boolean _ = daemon.waitFor(PATIENCE, TimeUnit.SECONDS);
        }
    }

    @Test
    void the_tray_gets_an_icon_that_changes_and_raises_the_window() throws Exception {
        Watcher watcher = new Watcher();
        desktop = desktop();
        desktop.exportObject(StatusNotifierWatcher.PATH, watcher);
        desktop.requestBusName(StatusNotifierWatcher.BUS);
        BlockingQueue<Action> clicks = new LinkedBlockingQueue<>();
        try (SessionBusDesktop app =
                SessionBusDesktop.connect(address, clicks::add).orElseThrow()) {
            assertThat(app.isThere()).isTrue();
            String who = watcher.registered.poll(PATIENCE, TimeUnit.SECONDS);
            assertThat(who).startsWith(":");

            Properties item =
                    desktop.getRemoteObject(who, StatusNotifierItem.PATH, Properties.class);
            assertThat(icon(item)).isEqualTo("network-vpn-disconnected-symbolic");
            Semaphore changed = new Semaphore(0);
            try (AutoCloseable _ =
                    desktop.addSigHandler(
                            StatusNotifierItem.NewIcon.class, _ -> changed.release())) {
                app.show(Tray.Look.CONNECTED, CONNECTED);
                assertThat(changed.tryAcquire(PATIENCE, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(icon(item)).isEqualTo("network-vpn-symbolic");

            desktop.getRemoteObject(who, StatusNotifierItem.PATH, StatusNotifierItem.class)
                    .Activate(1, 1);
            assertThat(clicks.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo(Action.OPEN);
        }
    }

    @Test
    void without_a_tray_everything_works_without_until_there_is_one() throws Exception {
        try (SessionBusDesktop app = SessionBusDesktop.connect(address, _ -> {}).orElseThrow()) {
            assertThat(app.isThere()).isFalse();
            app.show(Tray.Look.BUSY, TrayMenu.EMPTY);
            app.tell("nobody", "hears this");
            assertThat(app.isThere()).isFalse();

            Watcher watcher = new Watcher();
            desktop = desktop();
            desktop.exportObject(StatusNotifierWatcher.PATH, watcher);
            desktop.requestBusName(StatusNotifierWatcher.BUS);
            app.show(Tray.Look.CONNECTED, CONNECTED);
            assertThat(app.isThere()).isTrue();
        }
    }

    @Test
    void the_tray_reads_the_menu_and_clicks_in_it() throws Exception {
        BlockingQueue<Action> clicks = new LinkedBlockingQueue<>();
        desktop = desktop();
        desktop.exportObject(StatusNotifierWatcher.PATH, new Watcher());
        desktop.requestBusName(StatusNotifierWatcher.BUS);
        try (SessionBusDesktop app =
                SessionBusDesktop.connect(address, clicks::add).orElseThrow()) {
            app.show(Tray.Look.CONNECTED, CONNECTED);
            String who = app.name();
            Object at =
                    desktop.getRemoteObject(who, StatusNotifierItem.PATH, Properties.class)
                            .Get(StatusNotifierItem.NAME, "Menu");
            assertThat(String.valueOf(at)).contains(DbusMenu.PATH);

            DbusMenu menu = desktop.getRemoteObject(who, DbusMenu.PATH, DbusMenu.class);
            Map<String, Integer> ids = ids(menu);
            assertThat(ids).containsOnlyKeys("Connected, Netherlands", "Disconnect", "Quit", "");
            int disconnect = Objects.requireNonNull(ids.get("Disconnect"));
            assertThat(menu.AboutToShow(DbusMenu.ROOT)).isFalse();

            menu.Event(disconnect, "hovered", NOTHING, NOW);
            menu.Event(disconnect, DbusMenu.CLICKED, NOTHING, NOW);
            assertThat(clicks.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo(Action.DISCONNECT);

            Semaphore changed = new Semaphore(0);
            try (AutoCloseable _ =
                    desktop.addSigHandler(DbusMenu.LayoutUpdated.class, _ -> changed.release())) {
                app.show(Tray.Look.CONNECTED, ENDING);
                assertThat(changed.tryAcquire(PATIENCE, TimeUnit.SECONDS)).isTrue();
            }
            menu.Event(disconnect, DbusMenu.CLICKED, NOTHING, NOW); // it is not enabled now
            menu.Event(
                    Objects.requireNonNull(ids(menu).get("Quit")), DbusMenu.CLICKED, NOTHING, NOW);
            assertThat(clicks.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo(Action.QUIT);
            assertThat(clicks).isEmpty();
        }
    }

    @Test
    void what_the_bus_says_that_makes_no_sense_does_nothing() throws Exception {
        BlockingQueue<Action> clicks = new LinkedBlockingQueue<>();
        desktop = desktop();
        try (SessionBusDesktop app =
                SessionBusDesktop.connect(address, clicks::add).orElseThrow()) {
            app.show(Tray.Look.CONNECTED, CONNECTED);
            DbusMenu menu = desktop.getRemoteObject(app.name(), DbusMenu.PATH, DbusMenu.class);
            for (int id : new int[] {Integer.MIN_VALUE, -1, 0, 1, 99, 1_000, Integer.MAX_VALUE}) {
                menu.Event(id, DbusMenu.CLICKED, NOTHING, NOW);
                menu.Event(id, "", NOTHING, NOW);
            }
            assertThat(
                            menu.EventGroup(
                                    List.of(
                                            new DbusMenu.Click(-7, DbusMenu.CLICKED, NOTHING, NOW),
                                            new DbusMenu.Click(0, "opened", NOTHING, NOW))))
                    .containsExactly(-7);
            assertThat(menu.AboutToShowGroup(List.of(0, -7)).second).containsExactly(-7);
            assertThat(menu.GetGroupProperties(List.of(-7, 99), List.of("nonsense"))).isEmpty();
            assertThatExceptionOfType(DBusExecutionException.class)
                    .isThrownBy(() -> menu.GetLayout(-7, -1, List.of()));
            assertThatExceptionOfType(DBusExecutionException.class)
                    .isThrownBy(() -> menu.GetProperty(0, "nonsense"));
            assertThat(send(app.name(), "Event", "string:nonsense")).contains("Error");
            assertThat(send(app.name(), "Nonsense")).contains("Error");

            assertThat(ids(menu)).containsKey("Disconnect");
            assertThat(clicks).isEmpty();
        }
    }

    /** The library that the app speaks with does not judge itself. */
    @Test
    void another_library_reads_the_menu_as_the_protocol_has_it() throws Exception {
        assumeTrue(Files.isExecutable(SEND), "needs dbus-send (package dbus)");
        BlockingQueue<Action> clicks = new LinkedBlockingQueue<>();
        try (SessionBusDesktop app =
                SessionBusDesktop.connect(address, clicks::add).orElseThrow()) {
            app.show(Tray.Look.CONNECTED, CONNECTED);
            String layout = send(app.name(), "GetLayout", "int32:0", "int32:-1", "array:string:");
            assertThat(layout.replaceAll("\\s+", " "))
                    .contains("uint32 1 struct { int32 0 array [ dict entry( string")
                    .contains("string \"children-display\" variant string \"submenu\"")
                    .contains("array [ variant struct { int32 1 array [")
                    .contains("string \"label\" variant string \"Connected, Netherlands\"")
                    .contains("string \"enabled\" variant boolean false")
                    .contains("string \"type\" variant string \"separator\"");
            int quit = TrayItemMenu.id(Action.QUIT);
            String nothing =
                    send(
                            app.name(),
                            "Event",
                            "int32:" + quit,
                            "string:clicked",
                            "variant:string:",
                            "uint32:0");
            assertThat(nothing).doesNotContain("Error");
            assertThat(clicks.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo(Action.QUIT);
        }
    }

    /** What dbus-send prints of a call to the menu, errors too. */
    private String send(String who, String method, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(SEND.toString());
        command.add("--bus=" + address);
        command.add("--print-reply");
        command.add("--dest=" + who);
        command.add(DbusMenu.PATH);
        command.add(DbusMenu.NAME + "." + method);
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean _ = process.waitFor(PATIENCE, TimeUnit.SECONDS);
        return said;
    }

    /** What the menu's lines are called, and how they are clicked. */
    private static Map<String, Integer> ids(DbusMenu menu) {
        Map<String, Integer> ids = new HashMap<>();
        for (Variant<?> child : menu.GetLayout(DbusMenu.ROOT, -1, List.of()).second.children) {
            Object[] line = (Object[]) child.getValue();
            Map<?, ?> properties = (Map<?, ?>) line[1];
            Object label = properties.get("label");
            ids.put(
                    label instanceof Variant<?> text ? String.valueOf(text.getValue()) : "",
                    (Integer) line[0]);
        }
        return ids;
    }

    @Test
    void a_notification_is_shown_and_the_next_one_replaces_it() throws Exception {
        Shown shown = new Shown();
        desktop = desktop();
        desktop.exportObject(Notifications.PATH, shown);
        desktop.requestBusName(Notifications.BUS);
        try (SessionBusDesktop app = SessionBusDesktop.connect(address, _ -> {}).orElseThrow()) {
            app.tell("Connected", "All traffic goes through the tunnel.");
            app.tell("Disconnected", "Traffic goes out unprotected.");
        }
        assertThat(shown.told.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("0 Connected");
        assertThat(shown.told.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("7 Disconnected");
    }

    @Test
    void without_a_bus_there_is_neither() {
        assertThat(SessionBusDesktop.connect("unix:path=/nonexistent/bus", _ -> {})).isEmpty();
    }

    private DBusConnection desktop() throws Exception {
        return DBusConnectionBuilder.forAddress(address).withShared(false).build();
    }

    private static String icon(Properties item) {
        Object icon = item.Get(StatusNotifierItem.NAME, "IconName");
        return String.valueOf(icon instanceof Variant<?> variant ? variant.getValue() : icon);
    }

    /** The desktop's list of icons. */
    public static final class Watcher implements StatusNotifierWatcher {
        private final BlockingQueue<String> registered = new LinkedBlockingQueue<>();

        @Override
        public void RegisterStatusNotifierItem(String service) {
            registered.add(service);
        }

        @Override
        public String getObjectPath() {
            return PATH;
        }
    }

    /** The desktop's bubbles. */
    public static final class Shown implements Notifications {
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

        @Override
        public UInt32 Notify(
                String app,
                UInt32 replaces,
                String icon,
                String summary,
                String body,
                List<String> actions,
                Map<String, Variant<?>> hints,
                int expireMillis) {
            told.add(replaces + " " + summary);
            return new UInt32(7);
        }

        @Override
        public String getObjectPath() {
            return PATH;
        }
    }
}
