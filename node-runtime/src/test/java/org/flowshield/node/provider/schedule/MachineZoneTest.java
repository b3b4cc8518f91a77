package org.flowshield.node.provider.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineZoneTest {

    @TempDir private Path folder;

    @Test
    void is_the_one_that_the_link_leads_to_now() throws Exception {
        MachineZone zone = new MachineZone(link("/usr/share/zoneinfo/Asia/Kolkata"), Map.of());
        assertThat(zone.get()).isEqualTo(ZoneId.of("Asia/Kolkata"));
        Files.delete(folder.resolve("localtime"));
        Path _ = link("../usr/share/zoneinfo/America/Argentina/Ushuaia");
        assertThat(zone.get()).isEqualTo(ZoneId.of("America/Argentina/Ushuaia"));
    }

    @Test
    void is_the_processes_own_where_it_has_one() throws Exception {
        Path link = link("/usr/share/zoneinfo/Asia/Kolkata");
        assertThat(new MachineZone(link, Map.of("TZ", "UTC")).get())
                .isEqualTo(ZoneId.systemDefault());
    }

    @Test
    void is_the_runtimes_where_nothing_names_one() throws Exception {
        assertThat(new MachineZone(folder.resolve("none"), Map.of()).get())
                .isEqualTo(ZoneId.systemDefault());
        assertThat(new MachineZone(link("/usr/share/zoneinfo/Nowhere/At_All"), Map.of()).get())
                .isEqualTo(ZoneId.systemDefault());
    }

    private Path link(String target) throws Exception {
        return Files.createSymbolicLink(folder.resolve("localtime"), Path.of(target));
    }
}
