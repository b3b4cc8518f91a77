package org.flowshield.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * Whether there is something that draws faster than the processor. Without it JavaFX would load a
 * driver of 50 MB only to find it too slow.
 */
final class GraphicsCard {

    private static final String ORDER = "prism.order";

    /** A cache of 8 MB for backgrounds, which the processor draws as fast as it copies them. */
    private static final String REGIONS = "prism.disableRegionCaching";

    /** As the kernel names cards, those of NVidia's own driver, and what Windows lends to WSL. */
    private static final List<String> DEVICES = List.of("dri", "nvidiactl", "dxg");

    private GraphicsCard() {}

    /**
     * Has the processor draw where nothing else can, unless somebody has chosen already.
     *
     * @param system the operating system's name
     * @param devices the folder of the system's devices
     * @param properties read by JavaFX when it starts
     */
    static void settle(String system, Path devices, Properties properties) {
        if (system.startsWith("Linux")
                && properties.getProperty(ORDER) == null
                && DEVICES.stream().map(devices::resolve).noneMatch(Files::exists)) {
            properties.setProperty(ORDER, "sw");
            properties.setProperty(REGIONS, "true");
        }
    }
}
