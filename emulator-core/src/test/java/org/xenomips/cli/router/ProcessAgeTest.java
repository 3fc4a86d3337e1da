package org.xenomips.cli.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessAgeTest {
    @Test
    void ageGrowsWithTime() {
        double first = ProcessAge.seconds();
        double later = ProcessAge.secondsAt(System.nanoTime() + 1_000_000_000L);
        assertThat(first).isNotNegative();
        assertThat(later - first).isBetween(1.0, 60.0);
    }
}
