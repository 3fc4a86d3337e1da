package org.xenomips.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.xenomips.net.PortStatistics.Counter;

class CableTest {
    private final Cable cable = new Cable("to b", "to a");
    private final FramePort a = cable.first();
    private final FramePort b = cable.second();
    private final AtomicInteger changesAtA = new AtomicInteger();
    private final AtomicInteger arrivals = new AtomicInteger();
    private final FrameQueue atA = new FrameQueue(4, () -> {});
    private final FrameQueue atB = new FrameQueue(4, arrivals::incrementAndGet);

    private void plugIn() {
        a.start(atA, changesAtA::incrementAndGet);
        b.start(atB, () -> {});
    }

    @Test
    void frameArrivesAtTheOtherEndOnly() {
        plugIn();
        a.transmit(new byte[]{ 9, 1, 2, 3, 9 }, 1, 3);
        Frame frame = Objects.requireNonNull(atB.peek());
        assertThat(Arrays.copyOf(frame.data(), frame.length())).containsExactly(1, 2, 3);
        assertThat(atA.size()).isZero();
        assertThat(arrivals).hasValue(1);
        assertThat(a.statistics().get(Counter.BYTES_OUT)).isEqualTo(3);
        assertThat(b.statistics().get(Counter.BYTES_IN)).isEqualTo(3);
    }

    @Test
    void linkIsUpWhileBothEndsArePluggedIn() {
        assertThat(a.linkUp()).isFalse();
        a.start(atA, changesAtA::incrementAndGet);
        a.transmit(new byte[60], 0, 60);
        assertThat(a.linkUp()).isFalse();
        assertThat(a.statistics().get(Counter.SEND_ERRORS)).isEqualTo(1);
        b.start(atB, () -> {});
        assertThat(a.linkUp()).isTrue();
        assertThat(b.linkUp()).isTrue();
        assertThat(changesAtA).hasValue(1);
        b.close();
        assertThat(a.linkUp()).isFalse();
        assertThat(changesAtA).hasValue(2);
    }

    @Test
    void whatTheReceiverCannotTakeIsCounted() {
        plugIn();
        a.transmit(new byte[Frame.CAPACITY + 1], 0, Frame.CAPACITY + 1);
        assertThat(b.statistics().get(Counter.OVERSIZED)).isEqualTo(1);
        for (int i = 0; i < 5; i++) {
            a.transmit(new byte[60], 0, 60);
        }
        assertThat(atB.size()).isEqualTo(4);
        assertThat(b.statistics().get(Counter.QUEUE_FULL)).isEqualTo(1);
    }
}
