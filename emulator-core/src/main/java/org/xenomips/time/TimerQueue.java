package org.xenomips.time;

import java.util.PriorityQueue;

/**
 * Deadlines of one machine, in guest time. Timers due at the same nanosecond fire in the order in which they were armed, so a
 * run under the virtual clock is repeatable.
 *
 * <p>Thread: machine thread.
 */
public final class TimerQueue {
    /** No deadline at all. */
    public static final long NEVER = Long.MAX_VALUE;

    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    private long sequence;
    private Runnable earlierDeadline = () -> {};

    /** One re-armable deadline with the action it triggers; created by {@link TimerQueue#timer}. */
    public final class Timer implements Comparable<Timer> {
        private final String name;
        private final Runnable action;
        private long deadline = NEVER;
        private long order;

        private Timer(String name, Runnable action) {
            this.name = name;
            this.action = action;
        }

        /** Fires once at {@code deadlineNs}; replaces an earlier deadline. A deadline in the past fires at the next look. */
        public void arm(long deadlineNs) {
            cancel();
            if (deadlineNs != NEVER) {
                if (deadlineNs < nextDeadlineNs()) {
                    earlierDeadline.run();
                }
                deadline = deadlineNs;
                order = sequence++;
                queue.add(this);
            }
        }

        /** Forgets the deadline; idempotent. */
        public void cancel() {
            if (deadline != NEVER) {
                queue.remove(this);
                deadline = NEVER;
            }
        }

        /** The deadline in guest nanoseconds, or {@link TimerQueue#NEVER}; this is what a device saves in its snapshot. */
        public long deadlineNs() {
            return deadline;
        }

        @Override
        public int compareTo(Timer other) {
            int byDeadline = Long.compare(deadline, other.deadline);
            return byDeadline != 0 ? byDeadline : Long.compare(order, other.order);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public String toString() {
            return name + "@" + deadline;
        }
    }

    /** {@code action} runs whenever a timer is armed before {@link #nextDeadlineNs}: a running slice has become too long. */
    public void onEarlierDeadline(Runnable action) {
        earlierDeadline = action;
    }

    /** A new, unarmed timer. {@code name} appears in dumps; {@code action} runs on the machine thread and may re-arm it. */
    public Timer timer(String name, Runnable action) {
        return new Timer(name, action);
    }

    /** The earliest deadline, or {@link #NEVER}. */
    public long nextDeadlineNs() {
        Timer first = queue.peek();
        return first == null ? NEVER : first.deadline;
    }

    /** Fires everything due at {@code nowNs}; an action that re-arms itself in the past is left for the next call. */
    public void runDue(long nowNs) {
        long limit = sequence;
        for (Timer first = queue.peek(); first != null && first.deadline <= nowNs && first.order < limit; first = queue
                .peek()) {
            queue.poll();
            first.deadline = NEVER;
            first.action.run();
        }
    }
}
