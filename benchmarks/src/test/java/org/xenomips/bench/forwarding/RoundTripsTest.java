package org.xenomips.bench.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is read out of ping's reports. */
class RoundTripsTest {
    private static final String REPORT = """
            PING 10.0.12.2 (10.0.12.2): 56 data bytes
            64 bytes from 10.0.12.2: seq=0 ttl=64 time=2.500 ms
            64 bytes from 10.0.12.2: seq=1 ttl=64 time=0.500 ms
            64 bytes from 10.0.12.2: seq=2 ttl=64 time=1.000 ms
            64 bytes from 10.0.12.2: icmp_seq=3 ttl=64 time=0.8 ms

            --- 10.0.12.2 ping statistics ---
            round-trip min/avg/max = 0.500/1.200/2.500 ms
            """;

    @Test
    void everyAnswerCountsAndTheSummaryDoesNot() throws Exception {
        RoundTrips trips = RoundTrips.parse(REPORT);

        assertThat(trips.ms()).containsExactly(0.5, 0.8, 1.0, 2.5);
        assertThat(trips.median()).isEqualTo(0.9);
    }

    @Test
    void oneMillisecondIsNotBelowOne() throws Exception {
        assertThat(RoundTrips.parse(REPORT).percentBelow1ms()).isEqualTo(50);
    }

    @Test
    void silenceIsAnError() {
        assertThatThrownBy(() -> RoundTrips.parse("3 packets transmitted, 0 packets received")).isInstanceOf(
                IOException.class).hasMessageContaining("0 packets received");
    }
}
