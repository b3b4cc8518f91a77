package org.flowshield.app.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.application.Platform;

/**
 * Stands before a port whose methods wait, and refuses them on the FX thread: a window that waits
 * is a window that hangs. What was refused is remembered, since an exception on that thread ends in
 * a log; {@link UiTest} fails for it after each test.
 */
public final class OffFxThread {

    /** Those of {@code Daemon} that never wait, and those of every object. */
    private static final Set<String> NEVER_WAIT =
            Set.of("state", "watch", "retryNow", "toString", "hashCode", "equals");

    private static final List<String> REFUSED = new CopyOnWriteArrayList<>();

    private OffFxThread() {}

    /** The same port, for every thread but one. */
    public static <T> T guard(Class<T> port, T behind) {
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (_, method, arguments) -> call(behind, method, arguments)));
    }

    private static Object call(Object behind, Method method, Object[] arguments) throws Throwable {
        if (Platform.isFxApplicationThread() && !NEVER_WAIT.contains(method.getName())) {
            String what =
                    method.getDeclaringClass().getSimpleName() + "." + method.getName() + "()";
            REFUSED.add(what);
            throw new AssertionError(what + " waits, and was called on the FX thread");
        }
        try {
            return method.invoke(behind, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Fails if something was refused since the last call. */
    static void requireNone() {
        List<String> refused = List.copyOf(REFUSED);
        REFUSED.clear();
        if (!refused.isEmpty()) {
            throw new AssertionError("called on the FX thread, where nothing may wait: " + refused);
        }
    }
}
