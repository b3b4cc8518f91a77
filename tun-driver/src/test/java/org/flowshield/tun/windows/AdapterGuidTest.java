package org.flowshield.tun.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdapterGuidTest {

    @Test
    void is_the_same_for_a_name_each_time() {
        assertThat(AdapterGuid.of("flowshield"))
                .isEqualTo(UUID.fromString("b4a01836-8bdd-838c-92e5-26a0991e04d9"))
                .isNotEqualTo(AdapterGuid.of("flowshield1"));
        assertThat(AdapterGuid.of("flowshield").version()).isEqualTo(8);
        assertThat(AdapterGuid.of("flowshield").variant()).isEqualTo(2);
    }

    @Test
    void lies_in_memory_as_windows_has_it() {
        UUID guid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        assertThat(HexFormat.of().formatHex(AdapterGuid.encode(guid)))
                .isEqualTo("33221100554477668899aabbccddeeff");
    }
}
