package org.flowshield.app.system.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.flowshield.app.system.Tray;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
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

    private @Nullable Process daemon;
    private String address = "";
    private @Nullable DBusConnection desktop;

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
        Semaphore raised = new Semaphore(0);
        try (SessionBusDesktop app =
                SessionBusDesktop.connect(address, raised::release).orElseThrow()) {
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
                app.show(Tray.Look.CONNECTED);
                assertThat(changed.tryAcquire(PATIENCE, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(icon(item)).isEqualTo("network-vpn-symbolic");

            desktop.getRemoteObject(who, StatusNotifierItem.PATH, StatusNotifierItem.class)
                    .Activate(1, 1);
            assertThat(raised.tryAcquire(PATIENCE, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void without_a_tray_everything_works_without_until_there_is_one() throws Exception {
        try (SessionBusDesktop app = SessionBusDesktop.connect(address, () -> {}).orElseThrow()) {
            assertThat(app.isThere()).isFalse();
            app.show(Tray.Look.BUSY);
            app.tell("nobody", "hears this");
            assertThat(app.isThere()).isFalse();

            Watcher watcher = new Watcher();
            desktop = desktop();
            desktop.exportObject(StatusNotifierWatcher.PATH, watcher);
            desktop.requestBusName(StatusNotifierWatcher.BUS);
            app.show(Tray.Look.CONNECTED);
            assertThat(app.isThere()).isTrue();
        }
    }

    @Test
    void a_notification_is_shown_and_the_next_one_replaces_it() throws Exception {
        Shown shown = new Shown();
        desktop = desktop();
        desktop.exportObject(Notifications.PATH, shown);
        desktop.requestBusName(Notifications.BUS);
        try (SessionBusDesktop app = SessionBusDesktop.connect(address, () -> {}).orElseThrow()) {
            app.tell("Connected", "All traffic goes through the tunnel.");
            app.tell("Disconnected", "Traffic goes out unprotected.");
        }
        assertThat(shown.told.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("0 Connected");
        assertThat(shown.told.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("7 Disconnected");
    }

    @Test
    void without_a_bus_there_is_neither() {
        assertThat(SessionBusDesktop.connect("unix:path=/nonexistent/bus", () -> {})).isEmpty();
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
