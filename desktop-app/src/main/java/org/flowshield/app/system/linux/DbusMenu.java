package org.flowshield.app.system.linux;

import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.Tuple;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.Position;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/**
 * How a tray reads a menu and tells of clicks (com.canonical.dbusmenu, version 3, of libdbusmenu);
 * its names are its own.
 */
@DBusInterfaceName("com.canonical.dbusmenu")
public interface DbusMenu extends DBusInterface {

    String NAME = "com.canonical.dbusmenu";
    String PATH = "/StatusNotifierItem/Menu";

    /** The menu itself; its lines are below it. */
    int ROOT = 0;

    /** The type of a {@link Layout}, as a variant has to name it. */
    String LAYOUT = "(ia{sv}av)";

    /** The only event that asks for something. */
    String CLICKED = "clicked";

    Pair<UInt32, Layout> GetLayout(int parent, int depth, List<String> properties);

    List<Item> GetGroupProperties(List<Integer> ids, List<String> properties);

    Variant<?> GetProperty(int id, String name);

    void Event(int id, String event, Variant<?> data, UInt32 timestamp);

    /** Answers with the ids that nobody knows. */
    List<Integer> EventGroup(List<Click> events);

    /** Whether the menu has to be read anew before it is shown. */
    boolean AboutToShow(int id);

    /** Those that have to be read anew, and those that nobody knows. */
    Pair<List<Integer>, List<Integer>> AboutToShowGroup(List<Integer> ids);

    /** Two answers to one question, which the library knows by its type arguments. */
    final class Pair<A, B> extends Tuple {
        @Position(0)
        public final A first;

        @Position(1)
        public final B second;

        public Pair(A first, B second) {
            this.first = first;
            this.second = second;
        }
    }

    /** A line with the lines below it, each a {@code Layout} in a variant. */
    final class Layout extends Struct {

        @Position(0)
        public final int id;

        @Position(1)
        public final Map<String, Variant<?>> properties;

        @Position(2)
        public final List<Variant<?>> children;

        public Layout(int id, Map<String, Variant<?>> properties, List<Variant<?>> children) {
            this.id = id;
            this.properties = properties;
            this.children = children;
        }
    }

    /** A line alone. */
    final class Item extends Struct {
        @Position(0)
        public final int id;

        @Position(1)
        public final Map<String, Variant<?>> properties;

        public Item(int id, Map<String, Variant<?>> properties) {
            this.id = id;
            this.properties = properties;
        }
    }

    /** What happened to a line. */
    final class Click extends Struct {
        @Position(0)
        public final int id;

        @Position(1)
        public final String event;

        @Position(2)
        public final Variant<?> data;

        @Position(3)
        public final UInt32 timestamp;

        public Click(int id, String event, Variant<?> data, UInt32 timestamp) {
            this.id = id;
            this.event = event;
            this.data = data;
            this.timestamp = timestamp;
        }
    }

    /** The menu has changed below that line. */
    class LayoutUpdated extends DBusSignal {
        private final UInt32 revision;
        private final int parent;

        public LayoutUpdated(String path, UInt32 revision, int parent) throws DBusException {
            super(path, revision, parent);
            this.revision = revision;
            this.parent = parent;
        }

        public UInt32 revision() {
            return revision;
        }

        public int parent() {
            return parent;
        }
    }
}
