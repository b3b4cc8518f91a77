package org.flowshield.app.system.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.flowshield.app.system.TrayMenu;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The icon's menu as the tray reads it. Ids are made of what a line asks for and not of where it
 * stands: a click on a menu that has changed meanwhile asks for what was read, or for nothing.
 * Called by the bus's threads.
 */
final class TrayItemMenu implements DbusMenu, Properties {

    private static final Logger LOG = LoggerFactory.getLogger(TrayItemMenu.class);

    /** Of the protocol that trays speak. */
    private static final UInt32 VERSION = new UInt32(3);

    /** Ids of words and dividers are those of their places, below all that can be clicked. */
    private static final int FIRST_PLACE = 1;

    private final Consumer<TrayMenu.Action> chosen;

    /** What is shown, with its number. Immutable. */
    private record Edition(TrayMenu menu, long revision) {}

    private volatile Edition edition = new Edition(TrayMenu.EMPTY, 0);

    /**
     * @param chosen called by a thread of the bus when somebody clicks
     */
    TrayItemMenu(Consumer<TrayMenu.Action> chosen) {
        this.chosen = chosen;
    }

    /** From now on; one caller at a time. */
    void show(TrayMenu menu) {
        edition = new Edition(menu, edition.revision() + 1);
    }

    /** The number of the latest, for the signal that tells of it. */
    UInt32 revision() {
        return new UInt32(edition.revision());
    }

    /** How a line is called on the bus. */
    private static int id(int place, TrayMenu.Line line) {
        return line instanceof TrayMenu.Line.Entry entry ? id(entry.action()) : FIRST_PLACE + place;
    }

    static int id(TrayMenu.Action action) {
        return switch (action) {
            case CONNECT -> 1_000;
            case CANCEL -> 1_001;
            case DISCONNECT -> 1_002;
            case OPEN -> 1_003;
            case QUIT -> 1_004;
        };
    }

    /** Each line's properties by its id, in their order. */
    private static Map<Integer, Map<String, Variant<?>>> lines(TrayMenu menu) {
        Map<Integer, Map<String, Variant<?>>> lines = new LinkedHashMap<>();
        for (int place = 0; place < menu.lines().size(); place++) {
            TrayMenu.Line line = menu.lines().get(place);
            lines.put(id(place, line), properties(line));
        }
        return lines;
    }

    /** Those that are as by default are not told. */
    private static Map<String, Variant<?>> properties(TrayMenu.Line line) {
        Map<String, Variant<?>> properties = new HashMap<>();
        switch (line) {
            case TrayMenu.Line.Words(String text) -> {
                properties.put("label", new Variant<>(label(text)));
                properties.put("enabled", new Variant<>(false));
            }
            case TrayMenu.Line.Entry(var _, String text, boolean enabled) -> {
                properties.put("label", new Variant<>(label(text)));
                properties.put("enabled", new Variant<>(enabled));
            }
            case TrayMenu.Line.Divider _ -> properties.put("type", new Variant<>("separator"));
        }
        return properties;
    }

    /** One underline would mark a key, two are one that is read. */
    private static String label(String text) {
        return text.replace("_", "__");
    }

    private static Map<String, Variant<?>> ofRoot() {
        return Map.of("children-display", new Variant<>("submenu"));
    }

    @Override
    public Pair<UInt32, Layout> GetLayout(int parent, int depth, List<String> properties) {
        Edition now = edition;
        Map<Integer, Map<String, Variant<?>>> lines = lines(now.menu());
        Map<String, Variant<?>> own = parent == ROOT ? ofRoot() : lines.get(parent);
        if (own == null) {
            throw nobody(parent);
        }
        List<Variant<?>> children = new ArrayList<>();
        if (parent == ROOT && depth != 0) {
            lines.forEach(
                    (id, told) ->
                            children.add(
                                    new Variant<>(
                                            new Layout(id, only(told, properties), List.of()),
                                            LAYOUT)));
        }
        return new Pair<>(
                new UInt32(now.revision()), new Layout(parent, only(own, properties), children));
    }

    /** Those that are asked for; all, where none is named. */
    private static Map<String, Variant<?>> only(
            Map<String, Variant<?>> properties, List<String> names) {
        if (names.isEmpty()) {
            return properties;
        }
        Map<String, Variant<?>> some = new HashMap<>(properties);
        some.keySet().retainAll(names);
        return some;
    }

    @Override
    public List<Item> GetGroupProperties(List<Integer> ids, List<String> properties) {
        Set<Integer> wanted = new HashSet<>(ids);
        List<Item> items = new ArrayList<>();
        if (wanted.contains(ROOT)) {
            items.add(new Item(ROOT, only(ofRoot(), properties)));
        }
        lines(edition.menu())
                .forEach(
                        (id, told) -> {
                            if (wanted.isEmpty() || wanted.contains(id)) {
                                items.add(new Item(id, only(told, properties)));
                            }
                        });
        return items;
    }

    @Override
    public Variant<?> GetProperty(int id, String name) {
        Map<String, Variant<?>> own = id == ROOT ? ofRoot() : lines(edition.menu()).get(id);
        Variant<?> value = own == null ? null : own.get(name);
        if (value == null) {
            throw new DBusExecutionException("line " + id + " has no property " + name);
        }
        return value;
    }

    @Override
    public void Event(int id, String event, Variant<?> data, UInt32 timestamp) {
        boolean _ = happened(id, event);
    }

    @Override
    public List<Integer> EventGroup(List<Click> events) {
        return events.stream()
                .filter(click -> !happened(click.id, click.event))
                .map(click -> click.id)
                .distinct()
                .toList();
    }

    /** Whether there is such a line; a click on one that can't be chosen now does nothing. */
    private boolean happened(int id, String event) {
        TrayMenu menu = edition.menu();
        if (id == ROOT || lines(menu).containsKey(id)) {
            TrayMenu.Action action = action(id);
            if (action != null && event.equals(CLICKED) && menu.offers(action)) {
                chosen.accept(action);
            }
            return true;
        }
        LOG.debug("the tray tells of '{}' on a line that is not there: {}", event, id);
        return false;
    }

    private static TrayMenu.@Nullable Action action(int id) {
        for (TrayMenu.Action action : TrayMenu.Action.values()) {
            if (id(action) == id) {
                return action;
            }
        }
        return null;
    }

    /** Each change was told by a signal already. */
    @Override
    public boolean AboutToShow(int id) {
        return false;
    }

    @Override
    public Pair<List<Integer>, List<Integer>> AboutToShowGroup(List<Integer> ids) {
        Set<Integer> known = lines(edition.menu()).keySet();
        List<Integer> unknown =
                ids.stream().distinct().filter(id -> id != ROOT && !known.contains(id)).toList();
        return new Pair<>(List.of(), unknown);
    }

    private static DBusExecutionException nobody(int id) {
        return new DBusExecutionException("there is no line " + id);
    }

    private static Map<String, Variant<?>> ofMenu() {
        return Map.of(
                "Version", new Variant<>(VERSION),
                "TextDirection", new Variant<>("ltr"),
                "Status", new Variant<>("normal"),
                "IconThemePath", new Variant<>(List.<String>of(), "as"));
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the library's signature
    public <A> A Get(String of, String property) {
        Variant<?> value = ofMenu().get(property);
        if (value == null) {
            throw new IllegalArgumentException("there is no property " + property);
        }
        return (A) value;
    }

    @Override
    public <A> void Set(String of, String property, A value) {
        throw new IllegalArgumentException("nobody else sets properties of this menu");
    }

    @Override
    public Map<String, Variant<?>> GetAll(String of) {
        return ofMenu();
    }

    @Override
    public String getObjectPath() {
        return PATH;
    }
}
