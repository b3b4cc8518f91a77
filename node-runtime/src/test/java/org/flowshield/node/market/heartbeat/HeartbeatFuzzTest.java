package org.flowshield.node.market.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.SecureRandom;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.record.RecordType;
import org.flowshield.libp2p.record.SignedEnvelope;

/** Whatever comes as a heartbeat is one, or is refused with a reason. */
final class HeartbeatFuzzTest {

    private static final PrivateKey KEY = PrivateKey.generate(new SecureRandom());
    private static final RecordType TYPE =
            new RecordType("flowshield-heartbeat", new byte[] {0x66, 0x68});

    @FuzzTest(maxDuration = "20s")
    void any_envelope_is_opened_or_refused(byte[] input) {
        try {
            assertThat(SignedHeartbeat.open(input).encoded()).isEqualTo(input);
        } catch (MalformedHeartbeatException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    /** The attacker signs, so that what is inside is read. */
    @FuzzTest(maxDuration = "20s")
    void any_payload_is_read_or_refused(byte[] input) {
        if (input.length > SignedHeartbeat.MAX_LENGTH) {
            return;
        }
        try {
            SignedHeartbeat read =
                    SignedHeartbeat.open(SignedEnvelope.seal(KEY, TYPE, input).encoded());
            assertThat(SignedHeartbeat.sign(read.heartbeat(), KEY).heartbeat())
                    .isEqualTo(read.heartbeat());
        } catch (MalformedHeartbeatException e) {
            assertThat(e.reason()).isNotNull();
        }
    }
}
