package org.flowshield.app;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.util.Subscription;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.connect.ConnectScreen;
import org.flowshield.app.connect.QuickConnect;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.SocketDaemon;
import org.flowshield.app.daemon.WayWatch;
import org.flowshield.app.desk.RpcWatch;
import org.flowshield.app.firstrun.FirstRunScreen;
import org.flowshield.app.identity.IdentityScreen;
import org.flowshield.app.logs.OwnLog;
import org.flowshield.app.navigation.Destination;
import org.flowshield.app.navigation.Navigator;
import org.flowshield.app.preferences.Facts;
import org.flowshield.app.preferences.Look;
import org.flowshield.app.preferences.PreferencesScreen;
import org.flowshield.app.preferences.Surroundings;
import org.flowshield.app.presence.Presence;
import org.flowshield.app.presence.Window;
import org.flowshield.app.providers.ProvidersScreen;
import org.flowshield.app.screen.Context;
import org.flowshield.app.screen.LateScreen;
import org.flowshield.app.screen.Screen;
import org.flowshield.app.service.PkexecSetup;
import org.flowshield.app.service.ServiceSetup;
import org.flowshield.app.settings.Settings;
import org.flowshield.app.settings.SettingsFile;
import org.flowshield.app.share.CarriedHours;
import org.flowshield.app.share.ChoicesFile;
import org.flowshield.app.share.ShareScreen;
import org.flowshield.app.shell.Shell;
import org.flowshield.app.system.FilePicker;
import org.flowshield.app.system.Notifier;
import org.flowshield.app.system.SingleInstance;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.system.Tray;
import org.flowshield.app.system.TrayMenu;
import org.flowshield.app.system.XdgAutostart;
import org.flowshield.app.system.awt.AwtTray;
import org.flowshield.app.system.linux.SessionBusDesktop;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Language;
import org.flowshield.app.text.Texts;
import org.flowshield.app.theme.Brightness;
import org.flowshield.app.theme.Themes;
import org.flowshield.app.threads.Ui;
import org.flowshield.app.threads.Work;
import org.flowshield.app.unreachable.UnreachableScreen;
import org.flowshield.app.wallet.WalletScreen;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the app by constructors; starts it in order and stops it in reverse. FX thread. */
final class Wiring implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    private static final double WIDTH = 1080;
    private static final double HEIGHT = 720;

    /** Below that, texts would be cut off: tested at these sizes. */
    private static final double LEAST_WIDTH = 900;

    private static final double LEAST_HEIGHT = 600;

    private final Stage stage;
    private final SettingsFile settings;
    private final Daemon daemon;
    private final LocalDesks desks;
    private final WayWatch ways;
    private final RpcWatch rpcs;
    private final Themes themes;
    private final Work work = new Work(Ui.FX);
    private final Places places;
    private final ChoicesFile sharing;
    private final CarriedHours hours;
    private final StackPane root = new StackPane();
    private final Optional<SingleInstance> instance;
    private final OwnLog log;

    /** Of the screens and of the tray's menu. */
    private final Choice choice = new Choice();

    private @Nullable Shell shell;
    private @Nullable Presence presence;
    private Tray tray = Tray.NONE;

    private @Nullable Screen firstRun;

    /** The desktop's brightness, as long as the window is there. */
    private Subscription following = Subscription.EMPTY;

    /**
     * @param instance that this one is the only window; empty: nobody could find out
     * @param log the app's own
     */
    Wiring(Places places, Optional<SingleInstance> instance, OwnLog log, Stage stage) {
        this.instance = instance;
        this.log = log;
        this.places = places;
        this.stage = stage;
        this.settings = SettingsFile.open(places.settings());
        this.daemon = new SocketDaemon(places.socket());
        this.desks = LocalDesks.open(places);
        this.ways = new WayWatch(daemon, desks::wayChanged);
        this.rpcs = new RpcWatch(daemon, desks.desks().rpcs(), work, InstantSource.system());
        this.themes = new Themes(settings.settings().brightness(), Themes.ofSystem());
        this.sharing = ChoicesFile.open(places.settings().resolveSibling("share.json"), work);
        this.hours = new CarriedHours(daemon, sharing, work);
    }

    void start() {
        Scene scene = new Scene(root, WIDTH, HEIGHT);
        build();
        following = themes.follow(scene);
        stage.setTitle("FlowShield");
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setScene(scene);
        stage.show();
        hours.start();
        outside();
        writeDownStart();
    }

    /** What whoever reads the log wants to know first. */
    private void writeDownStart() {
        Work.Running _ =
                work.start("start", this::facts, Wiring::writeDown, _ -> {}); // a bug, logged
    }

    private static void writeDown(Facts facts) {
        LOG.info("FlowShield {} on {}; {}", facts.version(), facts.system(), facts.desktop());
    }

    private Facts facts() {
        return Facts.ofProcess(places.settings(), places.network().orElse(null));
    }

    /** Shows the first run and every page once and ends the app. */
    void train() {
        Runnable pastFirstRun =
                () -> {
                    var _ = settings.change(before -> before.withFirstRunDone(true));
                    build();
                };
        new Training(pastFirstRun, place -> Objects.requireNonNull(shell).navigator().go(place))
                .start();
    }

    /** The app outside of its window; the desktop may take its time to answer. */
    private void outside() {
        StageWindow window =
                new StageWindow(stage, () -> Texts.of(language(settings.settings()), "presence"));
        Runnable raise = () -> Ui.FX.run(window::raise);
        instance.ifPresent(one -> one.onRaise(raise));
        Platform.setImplicitExit(false);
        stage.setOnCloseRequest(
                event -> {
                    event.consume();
                    if (presence == null) {
                        window.quit();
                    } else {
                        presence.closeRequested();
                    }
                });
        Work.Running _ =
                work.start(
                        "desktop",
                        () ->
                                Desktop.of(
                                        System.getProperty("os.name", ""),
                                        action -> Ui.FX.run(() -> chosen(action, window))),
                        desktop -> {
                            tray = desktop.tray();
                            presence =
                                    new Presence(
                                            context(_ -> {}, language(settings.settings())),
                                            desktop.tray(),
                                            desktop.notifier(),
                                            window,
                                            quick(window),
                                            choice);
                        },
                        _ -> {}); // a bug, which is logged: the window is there all the same
    }

    private void chosen(TrayMenu.Action action, Window window) {
        if (presence == null) {
            window.raise(); // the icon is clicked before there is a menu
        } else {
            presence.chosen(action);
        }
    }

    /** What can't be done without a person is done on the screen for it. */
    private QuickConnect quick(Window window) {
        return new QuickConnect(
                daemon,
                work,
                InstantSource.system(),
                settings,
                choice,
                () -> {
                    window.raise();
                    if (shell != null) {
                        shell.navigator().go(Destination.CONNECT);
                    }
                });
    }

    /** What this desktop has outside of windows. */
    private record Desktop(Tray tray, Notifier notifier) {

        static Desktop of(String system, Consumer<TrayMenu.Action> chosen) {
            if (system.startsWith("Linux")) {
                return SessionBusDesktop.connect(chosen)
                        .map(bus -> new Desktop(bus, bus))
                        .orElse(new Desktop(Tray.NONE, Notifier.NONE));
            }
            Tray tray = AwtTray.show("FlowShield", chosen);
            return new Desktop(tray, tray instanceof Notifier notifier ? notifier : Notifier.NONE);
        }
    }

    /** All screens in the chosen language; again when it changes. */
    private void build() {
        unbuild();
        Language language = language(settings.settings());
        if (settings.settings().firstRunDone()) {
            buildShell(language);
        } else {
            buildFirstRun(language);
        }
        if (presence != null) {
            presence.speak(context(_ -> {}, language));
        }
    }

    private void unbuild() {
        if (shell != null) {
            shell.close();
            shell = null;
        }
        if (firstRun != null) {
            firstRun.hidden();
            firstRun = null;
        }
    }

    private void buildShell(Language language) {
        Shell made =
                new Shell(
                        daemon,
                        settings,
                        Ui.FX,
                        Texts.of(language, "shell"),
                        navigator -> screens(context(navigator, language)));
        shell = made;
        root.getChildren().setAll(made.root());
    }

    private void buildFirstRun(Language language) {
        Screen made =
                new FirstRunScreen(
                        context(_ -> {}, language),
                        setup(),
                        SystemClipboard.SYSTEM,
                        chosen -> {
                            var _ = settings.change(before -> before.withLanguage(chosen));
                            build();
                        },
                        this::build);
        firstRun = made;
        root.getChildren().setAll(made.root());
        made.shown();
    }

    private static ServiceSetup setup() {
        return new PkexecSetup(LocalDesks.command(), System.getProperty("user.name", ""));
    }

    /** Leads to a first wallet, by the way that was left out at first. */
    private void firstWallet() {
        var _ = settings.change(before -> before.withFirstRunDone(false));
        build();
    }

    private static Language language(Settings settings) {
        Language chosen = settings.language();
        return chosen == null ? Language.of(Locale.getDefault()) : chosen;
    }

    private Context context(Navigator navigator, Language language) {
        return new Context(
                daemon,
                work,
                Ui.FX,
                settings,
                navigator,
                language,
                new Format(language, ZoneId.systemDefault()),
                InstantSource.system(),
                desks.desks());
    }

    private Shell.Screens screens(Context context) {
        Map<Destination, Screen> screens = new EnumMap<>(Destination.class);
        screens.put(Destination.CONNECT, late(() -> new ConnectScreen(context, choice)));
        screens.put(Destination.PROVIDERS, late(() -> new ProvidersScreen(context, choice)));
        LateScreen<WalletScreen> wallet =
                late(
                        () ->
                                new WalletScreen(
                                        context,
                                        FilePicker.ofSystem(() -> stage),
                                        SystemClipboard.SYSTEM,
                                        this::firstWallet));
        screens.put(Destination.WALLET, wallet);
        Runnable toBackup =
                () -> {
                    context.navigator().go(Destination.WALLET);
                    wallet.made().toSecurity();
                };
        screens.put(
                Destination.IDENTITY,
                late(() -> new IdentityScreen(context, SystemClipboard.SYSTEM, toBackup)));
        screens.put(Destination.SHARE, late(() -> new ShareScreen(context, sharing)));
        screens.put(
                Destination.PREFERENCES,
                late(() -> new PreferencesScreen(context, surroundings())));
        return new Shell.Screens(screens, late(() -> new UnreachableScreen(context, setup())));
    }

    private static <S extends Screen> LateScreen<S> late(Supplier<S> maker) {
        return new LateScreen<>(maker);
    }

    private Surroundings surroundings() {
        Path home = Path.of(System.getProperty("user.home", "/"));
        return new Surroundings(
                new Look() {
                    @Override
                    public void brightness(Brightness chosen) {
                        themes.brightness(chosen);
                        themes.apply(stage.getScene());
                    }

                    @Override
                    public void language(@Nullable Language chosen) {
                        Platform.runLater(Wiring.this::build); // the page that asks is made anew
                    }
                },
                XdgAutostart.ofInstalled(System.getenv(), home).orElse(null),
                FilePicker.ofSystem(() -> stage),
                SystemClipboard.SYSTEM,
                log,
                facts());
    }

    @Override
    public void close() {
        if (presence != null) {
            presence.close();
        }
        tray.close();
        following.unsubscribe();
        hours.close();
        unbuild();
        rpcs.close();
        ways.close();
        desks.close();
        daemon.close();
        settings.close();
    }
}
