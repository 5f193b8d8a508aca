package io.mainstay.core.replay;

/**
 * The first thing that is wrong with a shard's log.
 *
 * @param sequence of the frame that should stand there
 * @param offset of the first command that is affected
 * @param place the file or the queue
 */
public record LogDamage(int shard, long sequence, long offset, String place, String what) {
    @Override
    public String toString() {
        return "shard %d, frame %d, offset %d, in %s: %s".formatted(shard, sequence, offset, place, what);
    }
}
