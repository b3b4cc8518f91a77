package org.flowshield.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.flowshield.contracts.evm.Bytes32;
import org.junit.jupiter.api.Test;

/** What a wallet says of its node, in two words of the chain. */
final class NodeAttributeTest {

    private static Bytes32 word(String text) {
        return new Bytes32(Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), Bytes32.LENGTH));
    }

    @Test
    void text_is_there_as_utf_8_filled_up_with_zeros() {
        NodeAttribute city = new NodeAttribute("city", "Zürich");
        assertThat(city.nameWord()).isEqualTo(word("city"));
        assertThat(city.valueWord()).isEqualTo(word("Zürich"));
        assertThat(NodeAttribute.read(city.nameWord(), city.valueWord())).contains(city);
        NodeAttribute full = new NodeAttribute("a", "x".repeat(NodeAttribute.MAX_BYTES));
        assertThat(NodeAttribute.read(full.nameWord(), full.valueWord())).contains(full);
    }

    @Test
    void what_is_no_text_is_digits() {
        byte[] hash = new byte[Bytes32.LENGTH];
        new Random(1).nextBytes(hash);
        hash[0] = (byte) 0xff;
        NodeAttribute read = NodeAttribute.read(word("terms"), new Bytes32(hash)).orElseThrow();
        assertThat(read.value()).startsWith("0xff").hasSize(66);
        assertThat(read.valueWord()).isEqualTo(new Bytes32(hash));
    }

    @Test
    void what_a_terminal_would_obey_or_nobody_sees_is_digits() {
        for (String trick : List.of("\u001b[2J", "a\u202eb", "\u200b", "a\u2028b", "a\nb", " ")) {
            assertThat(NodeAttribute.read(word("city"), word(trick)).orElseThrow().value())
                    .startsWith("0x");
            assertThatIllegalArgumentException().isThrownBy(() -> new NodeAttribute("city", trick));
        }
    }

    @Test
    void one_that_was_taken_back_or_has_a_strange_name_is_none() {
        assertThat(NodeAttribute.read(word("city"), Bytes32.ZERO)).isEqualTo(Optional.empty());
        for (String name : List.of("", "City", "-a", "a b", "ü", "a\u0000b")) {
            assertThat(NodeAttribute.read(word(name), word("x"))).isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> new NodeAttribute(name, "x"));
        }
    }

    @Test
    void a_name_alone_is_read_and_written_by_the_same_rule() {
        assertThat(NodeAttribute.nameWord("a.b-1")).isEqualTo(word("a.b-1"));
        assertThat(NodeAttribute.readName(word("a.b-1"))).contains("a.b-1");
        for (String name : List.of("", "City", "x".repeat(33), "\u001b[2J")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> NodeAttribute.nameWord(name))
                    .withMessageContaining("no name of an attribute");
        }
        assertThat(NodeAttribute.readName(word("City"))).isEmpty();
        assertThat(NodeAttribute.readValue(word("\u001b[2J"))).startsWith("0x1b");
    }

    @Test
    void values_that_do_not_fit_are_refused() {
        for (String value :
                List.of("", "ü".repeat(17), "x".repeat(33), "0x" + "0".repeat(64), "a\u0000")) {
            assertThatIllegalArgumentException()
                    .as(value)
                    .isThrownBy(() -> new NodeAttribute("city", value));
        }
    }

    @Test
    void whatever_is_read_can_be_written_again() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            byte[] value = new byte[Bytes32.LENGTH];
            for (int j = 0; j < random.nextInt(1, Bytes32.LENGTH); j++) {
                value[j] = (byte) random.nextInt(i % 2 == 0 ? 128 : 256);
            }
            Bytes32 there = new Bytes32(value);
            NodeAttribute.read(word("city"), there)
                    .ifPresent(read -> assertThat(read.valueWord()).isEqualTo(there));
        }
    }
}
