package org.flowshield.node.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a file holds is a voucher or refused with a reason. */
final class VoucherFileFuzzTest {

    @FuzzTest
    void a_file_is_a_voucher_or_refused(byte[] text) throws Exception {
        VoucherFile file;
        try {
            file = VoucherFile.parse(text);
        } catch (MalformedVoucherFileException e) {
            assertThat(e.getMessage()).isNotEmpty();
            return;
        }
        assertThat(VoucherFile.parse(file.encode())).isEqualTo(file);
    }
}
