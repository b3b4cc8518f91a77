package org.flowshield.installers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IconsTest {

    private static final Path ICONS = Sources.INSTALLERS.resolve("icons");

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    @TempDir private Path drawn = Path.of("");

    @Test
    void pngs_are_as_large_as_their_names_say() throws Exception {
        for (int size : new int[] {16, 22, 24, 32, 48, 64, 128, 256, 512}) {
            byte[] png = Files.readAllBytes(ICONS.resolve("flowshield-" + size + ".png"));
            assertThat(sizeOf(ByteBuffer.wrap(png))).isEqualTo(size);
        }
    }

    @Test
    void the_icon_of_windows_holds_each_size_that_it_lists() throws Exception {
        ByteBuffer file =
                ByteBuffer.wrap(Files.readAllBytes(ICONS.resolve("flowshield.ico")))
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(file.getInt()).isEqualTo(0x10000);
        List<Integer> sizes = new ArrayList<>();
        int count = file.getShort();
        for (int i = 0; i < count; i++) {
            int entry = 6 + 16 * i;
            int size = file.get(entry) == 0 ? 256 : Byte.toUnsignedInt(file.get(entry));
            sizes.add(size);
            assertThat(sizeOf(file.slice(file.getInt(entry + 12), file.getInt(entry + 8))))
                    .isEqualTo(size);
        }
        assertThat(sizes).containsExactly(16, 24, 32, 48, 64, 128, 256);
    }

    @Test
    void the_icon_of_macos_holds_what_its_types_promise() throws Exception {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(ICONS.resolve("flowshield.icns")));
        assertThat(word(file)).isEqualTo("icns");
        assertThat(file.getInt()).isEqualTo(file.limit());
        List<String> types = new ArrayList<>();
        while (file.hasRemaining()) {
            String type = word(file);
            int length = file.getInt() - 8;
            types.add(type + " " + sizeOf(file.slice(file.position(), length)));
            file.position(file.position() + length);
        }
        assertThat(types)
                .contains("icp4 16", "ic07 128", "ic08 256", "ic09 512", "ic10 1024", "ic14 512");
    }

    @Test
    void what_is_committed_is_what_is_drawn() throws Exception {
        Sources.Result result =
                Sources.run(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                ICONS.resolve("Icons.java").toString(),
                                drawn.toString()));
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(drawn.resolve("flowshield.svg"))
                .hasSameTextualContentAs(ICONS.resolve("flowshield.svg"));
        assertThat(drawn.resolve("flowshield-256.png"))
                .hasSameBinaryContentAs(ICONS.resolve("flowshield-256.png"));
    }

    /** Of a square one. */
    private static int sizeOf(ByteBuffer png) {
        byte[] magic = new byte[PNG.length];
        png.get(0, magic);
        assertThat(magic).isEqualTo(PNG);
        ByteBuffer header = png.duplicate().order(ByteOrder.BIG_ENDIAN);
        assertThat(header.getInt(16)).isEqualTo(header.getInt(20));
        return header.getInt(16);
    }

    private static String word(ByteBuffer file) {
        byte[] word = new byte[4];
        file.get(word);
        return new String(word, StandardCharsets.US_ASCII);
    }
}
