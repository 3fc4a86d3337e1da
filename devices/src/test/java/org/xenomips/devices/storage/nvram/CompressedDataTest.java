package org.xenomips.devices.storage.nvram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.commons.compress.compressors.z.ZCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenomips.machine.ConfigurationException;

class CompressedDataTest {
    private static byte[] text(int length, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append("interface Serial")
                    .append(random.nextInt(1_000))
                    .append("\n ip address 192.0.2.")
                    .append(random.nextInt(256))
                    .append("\n!\n");
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({ "16,true,0", "16,false,0", "12,true,0", "10,false,0", "14,true,700", "16,true,1", "12,true,300" })
    void decodesWhatAnIndependentDecoderDecodes(int width, boolean blockMode, int clearEvery) throws Exception {
        for (int length : new int[]{ 1, 2, 500, 9_000, 60_000 }) {
            byte[] plain = text(length, length);
            byte[] packed = LzwEncoder.encode(plain, width, blockMode, clearEvery);
            try (ZCompressorInputStream other = new ZCompressorInputStream(new ByteArrayInputStream(packed))) {
                assertThat(other.readAllBytes()).as("the test's own encoder").isEqualTo(plain);
            }
            assertThat(CompressedData.decode(packed, length)).isEqualTo(plain);
        }
    }

    @Test
    void decodesEntriesUsedWhileBeingDefined() throws Exception {
        byte[] plain = new byte[5_000];
        java.util.Arrays.fill(plain, (byte) 'a');
        byte[] packed = LzwEncoder.encode(plain, 16, true, 0);
        assertThat(packed.length).isLessThan(200);
        assertThat(CompressedData.decode(packed, plain.length)).isEqualTo(plain);
    }

    @Test
    void stopsAtTheWantedLength() throws Exception {
        byte[] plain = text(1_000, 1);
        assertThat(CompressedData.decode(LzwEncoder.encode(plain, 16, true, 0), 10))
                .isEqualTo(java.util.Arrays.copyOf(plain, 10));
        assertThat(CompressedData.decode(LzwEncoder.encode(plain, 16, true, 0), 0)).isEmpty();
    }

    @Test
    void refusesWhatIsNoStream() {
        for (byte[] bad : new byte[][]{ {}, { 0x1f }, { 0x1f, (byte) 0x9d }, { 0x1f, (byte) 0x8b, 8, 0 },
                { 0x1f, (byte) 0x9d, 8, 0, 0 },
                { 0x1f, (byte) 0x9d, 31, 0, 0 }, { 0x1f, (byte) 0x9d, 16 },
                { 0x1f, (byte) 0x9d, (byte) 0x90, (byte) 0xff, 1 } }) {
            assertThatThrownBy(() -> CompressedData.decode(bad, 100)).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void damagedStreamsEndInAResultOrAnException() {
        Random random = new Random(0x1f9d);
        byte[] good = LzwEncoder.encode(text(3_000, 2), 12, true, 400);
        int refused = 0;
        for (int n = 0; n < 3_000; n++) {
            byte[] bad = java.util.Arrays.copyOf(good, 3 + random.nextInt(good.length - 3));
            for (int i = random.nextInt(4); i >= 0; i--) {
                bad[2 + random.nextInt(bad.length - 2)] = (byte) random.nextInt();
            }
            try {
                assertThat(CompressedData.decode(bad, 3_000)).hasSize(3_000);
            } catch (ConfigurationException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
