package org.xenomips.devices.storage.nvram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.devices.storage.ImageKeeper.Completeness;
import org.xenomips.devices.storage.nvram.NvramFileSystem.Configs;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.time.VirtualClock;

class NvramFileSystemTest {
    private static final int F = NvramFileSystem.OFFSET;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] pushed(int size, byte[] startup, byte[] privateConfig) throws ConfigurationException {
        byte[] image = new byte[size];
        new NvramFileSystem(image).push(startup, privateConfig);
        return image;
    }

    @Test
    void pushWritesTheRecordedHeader() throws Exception {
        byte[] startup = ascii(
                "hostname probe-router\n!\ninterface FastEthernet0/0\n ip address 192.0.2.1 255.255.255.0\n!\nend\n");
        byte[] image = pushed(0x2_0000, startup, ascii("private text\nkey 1234\nx\n"));
        assertThat(startup).hasSize(92);
        assertThat(HexFormat.of().formatHex(image, F, F + 0x2c)).isEqualTo(
                "000000000000f0a5abcd000134bf0c041e00082c1e0008880000005c00000000000000000000000000000000".substring(0,
                        88));
        assertThat(HexFormat.of().formatHex(image, F + 0x88, F + 0x98)).isEqualTo("fedc00011e0008981e0008b000000018");
        assertThat(Arrays.copyOfRange(image, F + 0x98, F + 0xb0)).isEqualTo(ascii("private text\nkey 1234\nx\n"));
        assertThat(Arrays.copyOf(image, F)).containsOnly(0);
    }

    @Test
    void pushWritesTheReferencesExample() throws Exception {
        byte[] image = pushed(0x2_0000, ascii("hostname R1\nend\n"), ascii("priv\n"));
        assertThat(HexFormat.of().formatHex(image, F + 6, F + 0x2c))
                .isEqualTo("f0a5abcd0001f9cb0c041e00082c1e00083c00000010" + "00".repeat(16));
        assertThat(HexFormat.of().formatHex(image, F + 0x3c, F + 0x4c)).isEqualTo("fedc00011e00084c1e00085100000005");
    }

    @Test
    void extractReturnsWhatWasPushed() throws Exception {
        for (int length : new int[]{ 0, 1, 2, 3, 4, 1_000 }) {
            byte[] startup = new byte[length];
            Arrays.fill(startup, (byte) 'c');
            Configs configs = new NvramFileSystem(pushed(0x8000, startup, ascii("p"))).extract();
            assertThat(configs.startup()).isEqualTo(startup);
            assertThat(configs.privateConfig()).isEqualTo(ascii("p"));
        }
    }

    @Test
    void partThatIsNotGivenIsKept() throws Exception {
        byte[] image = pushed(0x8000, ascii("old startup"), ascii("old private"));
        NvramFileSystem fs = new NvramFileSystem(image);
        fs.push(ascii("a much longer new startup configuration"), null);
        assertThat(fs.extract().privateConfig()).isEqualTo(ascii("old private"));
        fs.push(null, ascii("new"));
        assertThat(fs.extract().startup()).isEqualTo(ascii("a much longer new startup configuration"));
        assertThat(fs.extract().privateConfig()).isEqualTo(ascii("new"));
    }

    @Test
    void remainsOfLongerContentsAreCleared() throws Exception {
        byte[] image = pushed(0x8000, new byte[5_000], ascii("long gone"));
        Arrays.fill(image, F + 0x2c, F + 5_000, (byte) 'x');
        new NvramFileSystem(image).push(ascii("new"), ascii("n"));
        assertThat(image).isEqualTo(pushed(0x8000, ascii("new"), ascii("n")));
    }

    @Test
    void checksumTellsACompleteImage() throws Exception {
        byte[] image = pushed(0x8000, ascii("configuration"), ascii("p"));
        assertThat(NvramFileSystem.judge(image)).isEqualTo(Completeness.COMPLETE);
        image[F + 0x30]++;
        assertThat(NvramFileSystem.judge(image)).isEqualTo(Completeness.INCOMPLETE);
        assertThat(NvramFileSystem.judge(new byte[0x8000])).isEqualTo(Completeness.UNKNOWN);
        assertThat(NvramFileSystem.judge(new byte[5])).isEqualTo(Completeness.UNKNOWN);
    }

    @Test
    void compressedStartupIsDecompressed() throws Exception {
        byte[] plain = ascii("interface Ethernet0\n no shutdown\n".repeat(50));
        byte[] packed = LzwEncoder.encode(plain, 16, true, 0);
        byte[] image = pushed(0x8000, packed, ascii("key"));
        ByteBuffer header = ByteBuffer.wrap(image);
        header.putShort(F + 0x0a, (short) 2).putInt(F + 0x28, plain.length);
        NvramFileSystem fs = new NvramFileSystem(image);
        assertThat(fs.extract().startup()).isEqualTo(plain);
        assertThat(fs.extract().privateConfig()).isEqualTo(ascii("key"));
        header.putInt(F + 0x28, -1);
        assertThatThrownBy(fs::extract).isInstanceOf(ConfigurationException.class).hasMessageContaining("4294967295");
    }

    @Test
    void tooMuchIsRefusedWithoutChangingAnything() throws Exception {
        byte[] image = pushed(0x1000, ascii("s"), ascii("p"));
        byte[] before = image.clone();
        NvramFileSystem fs = new NvramFileSystem(image);
        assertThatThrownBy(() -> fs.push(new byte[0x800 - 44 - 16], ascii("p")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("-n");
        assertThat(image).isEqualTo(before);
        fs.push(new byte[0x800 - 44 - 16], new byte[0]);
        assertThat(fs.extract().startup()).hasSize(0x800 - 44 - 16);
    }

    @Test
    void nvramWithoutFileSystemSaysSo() throws Exception {
        assertThatThrownBy(() -> new NvramFileSystem(new byte[0x8000]).extract())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no file system");
        byte[] empty = new byte[0x8000];
        empty[F + 6] = (byte) 0xf0;
        empty[F + 7] = (byte) 0xa5;
        Configs none = new NvramFileSystem(empty).extract();
        assertThat(none.startup()).isEmpty();
        assertThat(none.privateConfig()).isEmpty();
    }

    @Test
    void garbageEndsInAResultOrAClearException() throws Exception {
        Random random = new Random(0xf0a5);
        byte[] good = pushed(0x1000, LzwEncoder.encode(ascii("line of text\n".repeat(90)), 12, true, 0),
                ascii("private"));
        ByteBuffer.wrap(good).putInt(F + 0x28, 13 * 90);
        int refused = 0;
        for (int n = 0; n < 20_000; n++) {
            byte[] bad = good.clone();
            bad[F + 0x0b] = (byte) (1 + n % 2);
            for (int i = random.nextInt(6); i >= 0; i--) {
                int at = random.nextInt(4) == 0 ? random.nextInt(bad.length) : F + 8 + random.nextInt(0x44);
                bad[at] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(3) - 1);
            }
            try {
                new NvramFileSystem(bad).extract();
                new NvramFileSystem(bad).push(ascii("new"), null);
            } catch (ConfigurationException e) {
                assertThat(e).hasMessageNotContaining("null");
                refused++;
            }
            NvramFileSystem.judge(bad);
            new NvramFileSystem(bad).push(ascii("s"), ascii("p"));
            assertThat(new NvramFileSystem(bad).extract().startup()).isEqualTo(ascii("s"));
            assertThat(NvramFileSystem.judge(bad)).isEqualTo(Completeness.COMPLETE);
        }
        assertThat(refused).isBetween(1_000, 19_000);
    }

    @Test
    void impossibleSizesAreRefused() {
        for (int size : new int[]{ 0, 1, F, F + 0x3ff, F + 0x401, (8 << 20) + 0x400 }) {
            assertThatThrownBy(() -> new NvramFileSystem(new byte[size])).isInstanceOf(ConfigurationException.class);
        }
    }

    @Test
    void filesOfTheHostAreImportedAndExported(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("c7200_i3_nvram");
        NvramFileSystem.importFile(file, 0x8000, ascii("hostname R3\n"), null);
        assertThat(Files.size(file)).isEqualTo(0x8000);
        NvramFileSystem.importFile(file, 0x2_0000, null, ascii("secret"));
        assertThat(Files.size(file)).isEqualTo(0x8000);
        Configs configs = NvramFileSystem.exportFile(file);
        assertThat(configs.startup()).isEqualTo(ascii("hostname R3\n"));
        assertThat(configs.privateConfig()).isEqualTo(ascii("secret"));
        try (Nvram nvram = new Nvram(file, 0x8000, new VirtualClock(1_000_000))) {
            assertThat(nvram.isBlank()).isFalse();
            byte[] image = nvram.contents();
            new NvramFileSystem(image).push(ascii("pushed while running"), null);
            nvram.load(image);
            nvram.flush();
            assertThat(NvramFileSystem.exportFile(file).startup()).isEqualTo(ascii("pushed while running"));
        }
        assertThatThrownBy(() -> NvramFileSystem.exportFile(directory.resolve("absent")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("absent");
        assertThatThrownBy(() -> NvramFileSystem.importFile(directory.resolve("small"), 0x8000, new byte[0x8000], null))
                .isInstanceOf(ConfigurationException.class);
        assertThat(directory.resolve("small")).doesNotExist();
    }
}
