package io.mainstay.core.shard;

import io.mainstay.core.shard.Submission.CommandSubmission;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What waits in a mailbox, in a line for each tenant, so that none waits behind all that another one has put in.
 *
 * <p>The lines are served in turn, and a log frame takes no more than a share of each, as long as several tenants are
 * there. What is of no tenant, such as reads and messages of other shards, has every second turn. Each line keeps its order.
 *
 * <p>Hot: as long as one tenant is there, submissions go straight through. There is a fixed number of lines; tenants whose
 * names have the same hash share one. For the shard's thread only.
 */
final class TenantLines {
    static final int LINES = 1024;

    private static final int NONE = -1;

    /** How long a tenant counts as being there after its latest command. */
    private static final long PRESENT_MICROS = 1_000_000;

    /** What the lines hold, at most; the rest stays in the mailbox. */
    private static final int WAITING_MAX = 1 << 16;

    private final Queue<Submission> mailbox;
    private final int share;
    private final @Nullable ArrayDeque<Submission>[] lines = newLines();
    private final ArrayDeque<Submission> common = new ArrayDeque<>();

    /** Lines that have something and have not used up their share, in the order of their turns. */
    private final IntLine turns = new IntLine();

    /** Lines that have used up their share of the frame. */
    private final IntLine resting = new IntLine();

    /** By line: the latest frame that commands were taken for, and how many. */
    private final long[] frames = new long[LINES];

    private final int[] taken = new int[LINES];

    /** Written by the shard's thread only. */
    private final AtomicInteger waiting = new AtomicInteger();

    private long frame = 2;
    private boolean takenSome;
    private boolean urgent;
    private boolean commonIsNext;
    private int latest = NONE;
    private long nowMicros;
    private long sharedUntilMicros = Long.MIN_VALUE;

    /**
     * @param share of one tenant in a frame, in commands
     */
    TenantLines(Queue<Submission> mailbox, int share) {
        this.mailbox = mailbox;
        this.share = share;
    }

    /** What the lines hold. May be asked by any thread. */
    int waitingCount() {
        return waiting.getOpaque();
    }

    boolean isEmpty() {
        return waiting.getPlain() == 0 && mailbox.isEmpty();
    }

    /** A new frame begins: every line has its share again. */
    void beginFrame(long timeMicros) {
        nowMicros = timeMicros;
        urgent = false;
        frame += takenSome ? 1 : 0;
        takenSome = false;
        while (resting.size() > 0) {
            turns.add(resting.remove());
        }
    }

    /** What is next for the frame, or null if nothing is, or only what exceeds its tenant's share. */
    @Nullable
    Submission next() {
        if (waiting.getPlain() == 0 && !isShared()) {
            Submission next = mailbox.poll();
            if (next instanceof CommandSubmission command) {
                notice(lineOf(command));
            }
            return next;
        }
        fill();
        return take();
    }

    /**
     * True if the frame has commands of a tenant of which the frame before has none: it is worth appending at once, rather
     * than behind what others have in flight.
     */
    boolean isUrgent() {
        return urgent && isShared();
    }

    /** All that waits, for an end without an answer. */
    @Nullable
    Submission abandon() {
        beginFrame(nowMicros);
        sharedUntilMicros = Long.MIN_VALUE;
        return waiting.getPlain() == 0 ? null : take();
    }

    private boolean isShared() {
        return nowMicros < sharedUntilMicros;
    }

    private void notice(int line) {
        if (line != latest) {
            if (latest != NONE) {
                sharedUntilMicros = nowMicros + PRESENT_MICROS;
            }
            latest = line;
        }
    }

    private void fill() {
        while (waiting.getPlain() < WAITING_MAX) {
            Submission next = mailbox.poll();
            if (next == null) {
                return;
            }
            count(1);
            if (next instanceof CommandSubmission command) {
                put(lineOf(command), command);
            } else {
                common.add(next);
            }
        }
    }

    private void put(int number, CommandSubmission command) {
        notice(number);
        ArrayDeque<Submission> line = lines[number];
        if (line == null) {
            line = new ArrayDeque<>();
            lines[number] = line;
        }
        if (line.isEmpty()) {
            lineUp(number);
        }
        line.add(command);
    }

    private @Nullable Submission take() {
        commonIsNext = !commonIsNext || turns.size() == 0;
        if (commonIsNext && !common.isEmpty()) {
            count(-1);
            return common.remove();
        }
        return turns.size() == 0 ? pollCommon() : takeInTurn();
    }

    private @Nullable Submission pollCommon() {
        Submission next = common.poll();
        count(next == null ? 0 : -1);
        return next;
    }

    private @Nullable Submission takeInTurn() {
        int number = turns.remove();
        ArrayDeque<Submission> line = lines[number];
        Submission next = line == null ? null : line.poll();
        count(-1);
        note(number);
        if (line != null && !line.isEmpty()) {
            lineUp(number);
        }
        return next;
    }

    private void note(int number) {
        takenSome = true;
        if (frames[number] < frame) {
            urgent |= frames[number] < frame - 1;
            frames[number] = frame;
            taken[number] = 0;
        }
        taken[number]++;
    }

    private void count(int more) {
        waiting.setOpaque(waiting.getPlain() + more);
    }

    private void lineUp(int number) {
        boolean hasHad = isShared() && frames[number] == frame && taken[number] >= share;
        (hasHad ? resting : turns).add(number);
    }

    private static int lineOf(CommandSubmission submission) {
        int hash = submission.command().tenant().hashCode();
        return (hash ^ hash >>> 16) & (LINES - 1);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable ArrayDeque<Submission>[] newLines() {
        return new ArrayDeque[LINES];
    }

    /** Numbers of lines, each at most once, first in, first out. */
    private static final class IntLine {
        private final int[] numbers = new int[LINES];
        private int first;
        private int size;

        int size() {
            return size;
        }

        void add(int number) {
            numbers[(first + size++) & (LINES - 1)] = number;
        }

        int remove() {
            int number = numbers[first];
            first = (first + 1) & (LINES - 1);
            size--;
            return number;
        }
    }
}
