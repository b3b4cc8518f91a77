package org.flowshield.node.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.node.settlement.MalformedVoucherFileException.Reason;
import org.junit.jupiter.api.Test;

/** Copies of vouchers, which come from strangers. */
final class VoucherFileTest {

    private final VoucherFile file = file();

    static VoucherFile file() {
        try (SigningKey signer = SigningKey.generate(new SecureRandom())) {
            ChannelDomain domain = new ChannelDomain(new ChainId(31337), signer.address());
            ChannelKey key =
                    new ChannelKey(
                            EvmAddress.ZERO, signer.address(), signer.address(), Bytes32.ZERO);
            return new VoucherFile(
                    key,
                    domain,
                    SignedVoucher.sign(
                            new Voucher(key.id(domain), TokenAmount.of(12_345), 67),
                            domain,
                            signer));
        }
    }

    private void refuses(String replaced, String by, Reason reason) {
        String text = new String(file.encode(), StandardCharsets.UTF_8);
        assertThat(text).contains(replaced);
        byte[] changed = text.replace(replaced, by).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> VoucherFile.parse(changed))
                .isInstanceOfSatisfying(
                        MalformedVoucherFileException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void reads_what_it_wrote() throws Exception {
        assertThat(VoucherFile.parse(file.encode())).isEqualTo(file);
    }

    @Test
    void refuses_what_is_no_voucher() {
        refuses("flowshield-voucher-1", "flowshield-voucher-2", Reason.OTHER_FORMAT);
        refuses("{", "", Reason.NOT_JSON);
        refuses("\"payee\"", "\"payed\"", Reason.MISSING_FIELD);
        refuses("\"12345\"", "12345", Reason.MISSING_FIELD);
        assertThatThrownBy(() -> VoucherFile.parse(new byte[VoucherFile.MAX_BYTES + 1]))
                .isInstanceOf(MalformedVoucherFileException.class);
    }

    @Test
    void refuses_fields_that_make_no_sense() {
        refuses("\"12345\"", "\"-1\"", Reason.BAD_FIELD);
        refuses("\"12345\"", "\"" + "9".repeat(39) + "\"", Reason.BAD_FIELD);
        refuses("\"67\"", "\"9223372036854775808\"", Reason.BAD_FIELD);
        refuses("\"31337\"", "\"0\"", Reason.BAD_FIELD);
        refuses("\"signature\" : \"0x", "\"signature\" : \"", Reason.BAD_FIELD);
    }

    @Test
    void refuses_a_voucher_over_another_amount_or_for_another_chain_than_was_signed() {
        refuses("\"12345\"", "\"12346\"", Reason.NOT_SIGNED);
        refuses("\"67\"", "\"68\"", Reason.NOT_SIGNED);
        refuses("\"31337\"", "\"1\"", Reason.NOT_SIGNED);
        refuses(file.key().payer().toString(), file.key().payee().toString(), Reason.NOT_SIGNED);
    }
}
