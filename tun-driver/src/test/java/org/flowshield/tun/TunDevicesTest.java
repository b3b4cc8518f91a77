package org.flowshield.tun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TunDevicesTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void finds_exactly_one_driver_for_linux() {
        assertThat(ServiceLoader.load(TunDriver.class))
                .filteredOn(TunDriver::fitsThisSystem)
                .hasSize(1);
    }

    @Test
    void knows_a_driver_for_each_system_of_the_product() {
        assertThat(ServiceLoader.load(TunDriver.class))
                .extracting(driver -> driver.getClass().getSimpleName())
                .containsExactlyInAnyOrder("LinuxTunDriver", "MacTunDriver", "WindowsTunDriver");
    }

    @Test
    void refuses_a_number_of_queues_that_nobody_needs() {
        TunSettings settings = TunSettings.of("fs0", 1420, Offloads.NONE);
        for (int queues : new int[] {-1, 0, TunDevices.MAX_QUEUES + 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TunDevices.openQueues(settings, queues))
                    .withMessageContaining("1 to 16 queues");
        }
    }
}
