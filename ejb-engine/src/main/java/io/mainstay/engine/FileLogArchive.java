package io.mainstay.engine;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.LogPosition.Verdict;
import io.mainstay.core.replay.ArchiveDamagedException;
import io.mainstay.core.replay.CompactedCommand;
import io.mainstay.core.replay.CompactedRange;
import io.mainstay.core.replay.Compaction;
import io.mainstay.core.replay.FrameSink;
import io.mainstay.core.replay.LogArchive;
import io.mainstay.core.wire.WireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one shard that left the broker, in sealed segment files, compressed, checksummed and indexed.
 *
 * <p>Files carry a number that only grows. A compacted file replaces every segment up to its own number; what a crash has
 * left of those, and files never sealed, go when the archive is next written. One thread writes; any may read, and looks
 * again if a file went away in between.
 */
public final class FileLogArchive implements LogArchive {
    private static final Logger LOG = Logger.getLogger(FileLogArchive.class.getName());
    private static final Pattern NAME = Pattern.compile("(segment|compacted)-(\\d{12})\\.(msa|mseg|mscp)");
    private static final String FORMAT_1 = ".msa";
    private static final String SEALED = ".mseg";
    private static final String COMPACTED = ".mscp";
    /** Where the archive begins, once retention has deleted its first segments. */
    private static final String BEGIN = "begin.position";

    private static final int LOOKS_MAX = 10;

    private final Path directory;
    private final int shard;
    private final long segmentBytes;
    /** Segments do not change, and to learn what one of format 1 holds means to read it. */
    private final Map<Path, Segment> known = new ConcurrentHashMap<>();

    FileLogArchive(Path directory, int shard, long segmentBytes) {
        this.directory = directory;
        this.shard = shard;
        this.segmentBytes = segmentBytes;
    }

    @Override
    public LogPosition begin() {
        return looking(this::begin);
    }

    @Override
    public LogPosition end() {
        return looking(FileLogArchive::end);
    }

    @Override
    public Optional<CompactedRange> compacted() {
        return looking(catalog -> Optional.ofNullable(catalog.compacted).map(CompactedFile::range));
    }

    @Override
    public void readCompacted(Consumer<CompactedCommand> commands) {
        looking(catalog -> {
            if (catalog.compacted != null) {
                catalog.compacted.read(commands, open -> {});
            }
            return catalog;
        });
    }

    @Override
    public LogPosition seek(LogPoint point) {
        return looking(catalog -> {
            for (Segment segment : catalog.segments) {
                if (segment.end().offset() > point.offset() || segment.lastMicros() >= point.micros()) {
                    return segment.seek(point);
                }
            }
            return end(catalog);
        });
    }

    @Override
    public void read(long fromSequence, FrameSink frames) {
        try {
            for (Segment segment : looking(catalog -> catalog.segments)) {
                if (segment.end().sequence() >= fromSequence && !segment.read(fromSequence, frames)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** Makes the archive ready to be appended to: what a crash has left is said and removed. */
    Appender open() {
        try {
            Files.createDirectories(directory);
            for (Path unfinished : DurableFile.deleteUnfinished(directory)) {
                LOG.warning(() -> "shard %d: %s was never sealed and is removed; its frames are still in the broker"
                        .formatted(shard, unfinished));
            }
            Catalog catalog = catalog();
            for (Path superseded : catalog.superseded) {
                LOG.warning(
                        () -> "shard %d: %s was compacted before a crash and is removed".formatted(shard, superseded));
                Files.delete(superseded);
            }
            Directories.sync(directory);
            return new Appender(end(catalog), catalog.lastNumber + 1);
        } catch (IOException e) {
            throw failed("open", e);
        }
    }

    /**
     * Deletes segments whose last frame is older than a time and whose frames lie before a sequence; the newest stays.
     * Returns how many went.
     */
    int deleteOlder(long micros, long beforeSequence) {
        try {
            List<Segment> segments = catalog().segments;
            int gone = 0;
            while (gone < segments.size() - 1
                    && segments.get(gone).lastMicros() < micros
                    && segments.get(gone).end().sequence() <= beforeSequence) {
                gone++;
            }
            if (gone > 0) {
                // First the mark, then the files: a crash in between leaves more than the mark promises, never less.
                new PositionFile(directory.resolve(BEGIN))
                        .save(segments.get(gone).begin());
                for (Segment segment : segments.subList(0, gone)) {
                    Files.delete(segment.file());
                }
                Directories.sync(directory);
            }
            return gone;
        } catch (IOException e) {
            throw failed("delete old segments of", e);
        }
    }

    /**
     * Rewrites the segments whose frames lie before a sequence, if there are at least so many. Returns how many were
     * replaced. A crash at any time leaves either the segments or the compacted file in force.
     */
    int compact(long beforeSequence, int segmentsMin, Domains domains) {
        try {
            Catalog catalog = catalog();
            List<Segment> covered = catalog.segments.stream()
                    .takeWhile(segment -> segment.end().sequence() <= beforeSequence)
                    .toList();
            if (covered.size() < segmentsMin) {
                return 0;
            }
            LogPosition begin = begin(catalog);
            if (catalog.compacted == null && !begin.equals(LogPosition.START)) {
                throw new EngineException(
                        Severity.DEGRADED,
                        "shard %d: the archive begins at %s because of retention; it cannot be compacted: set mainstay.archive.policy back, or remove the archive"
                                .formatted(shard, begin));
            }
            Path replacement = directory.resolve(
                    "compacted-%012d%s".formatted(number(last(covered).file()), COMPACTED));
            rewrite(catalog, covered, replacement, domains);
            for (Segment segment : covered) {
                Files.delete(segment.file());
            }
            if (catalog.compacted != null) {
                Files.delete(catalog.compacted.file());
            }
            Directories.sync(directory);
            return covered.size();
        } catch (IOException e) {
            throw failed("compact", e);
        }
    }

    private void rewrite(Catalog catalog, List<Segment> covered, Path replacement, Domains domains) throws IOException {
        Compaction compaction = new Compaction(domains);
        long[] micros = {Long.MAX_VALUE, Long.MIN_VALUE};
        LogPosition position = LogPosition.START;
        if (catalog.compacted != null) {
            catalog.compacted.read(compaction::add, compaction::add);
            position = catalog.compacted.range().end();
            micros[0] = catalog.compacted.range().firstMicros();
        }
        LogPosition[] at = {position};
        for (Segment segment : covered) {
            segment.read(0, (bytes, place) -> {
                LogFrame frame = parse(bytes, place);
                if (at[0].judge(frame) == Verdict.NEXT) {
                    compaction.add(frame);
                    at[0] = at[0].after(frame);
                    micros[0] = Math.min(micros[0], frame.header().timestampMicros());
                    micros[1] = Math.max(micros[1], frame.header().timestampMicros());
                }
                return true;
            });
        }
        if (!at[0].equals(last(covered).end())) {
            throw new ArchiveDamagedException(
                    last(covered).file().toString(),
                    "it ends at %s, its frames at %s".formatted(last(covered).end(), at[0]));
        }
        CompactedFile.write(replacement, shard, at[0], micros[0], micros[1], compaction);
    }

    private LogPosition begin(Catalog catalog) {
        LogPosition promised = catalog.compacted == null
                ? new PositionFile(directory.resolve(BEGIN)).load().orElse(LogPosition.START)
                : catalog.compacted.range().end();
        if (catalog.segments.isEmpty()) {
            return promised;
        }
        Segment first = catalog.segments.get(0);
        LogPosition begin = first.begin();
        boolean fits = catalog.compacted == null ? begin.sequence() <= promised.sequence() : begin.equals(promised);
        if (!fits) {
            throw new ArchiveDamagedException(
                    first.file().toString(),
                    "the archive should begin at %s, this first segment begins at %s: segments before it are missing"
                            .formatted(promised, begin));
        }
        return begin;
    }

    private static LogPosition end(Catalog catalog) {
        if (!catalog.segments.isEmpty()) {
            return last(catalog.segments).end();
        }
        return catalog.compacted == null
                ? LogPosition.START
                : catalog.compacted.range().end();
    }

    private static Segment last(List<Segment> segments) {
        return segments.get(segments.size() - 1);
    }

    /** Looks again when compaction or retention has deleted a file after it was listed. */
    private <T> T looking(Question<T> question) {
        for (int look = 1; ; look++) {
            try {
                return question.ask(catalog());
            } catch (NoSuchFileException gone) {
                if (look == LOOKS_MAX) {
                    throw failed("read", gone);
                }
            } catch (IOException e) {
                throw failed("read", e);
            }
        }
    }

    private Catalog catalog() throws IOException {
        Catalog catalog = new Catalog();
        List<Path> files = files();
        Path newest = files.stream()
                .filter(file -> file.toString().endsWith(COMPACTED))
                .max(Comparator.naturalOrder())
                .orElse(null);
        long replaced = newest == null ? -1 : number(newest);
        LogPosition position = LogPosition.START;
        if (newest != null) {
            catalog.compacted = CompactedFile.open(newest, shard);
            position = catalog.compacted.range().end();
            catalog.lastNumber = replaced;
        }
        for (Path file : files) {
            if (file.equals(newest)) {
                continue;
            }
            if (number(file) <= replaced) {
                catalog.superseded.add(file);
                continue;
            }
            Segment segment = segment(file, position);
            position = segment.end();
            catalog.segments.add(segment);
            catalog.lastNumber = number(file);
        }
        known.keySet().retainAll(files);
        return catalog;
    }

    private Segment segment(Path file, LogPosition begin) throws IOException {
        Segment segment = known.get(file);
        if (segment == null) {
            segment = file.toString().endsWith(FORMAT_1)
                    ? Format1Segment.scan(file, begin)
                    : SealedSegment.open(file, shard);
            known.put(file, segment);
        }
        return segment;
    }

    /** In the order of their numbers. */
    private List<Path> files() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparingLong(FileLogArchive::number).thenComparing(Path::getFileName))
                    .toList();
        }
    }

    private static long number(Path file) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(file + " is no file of an archive");
        }
        return Long.parseLong(matcher.group(2));
    }

    private static LogFrame parse(byte[] bytes, String place) {
        try {
            return LogFrame.parse(bytes);
        } catch (WireException | IllegalArgumentException damage) {
            throw new ArchiveDamagedException(place, String.valueOf(damage.getMessage()));
        }
    }

    private EngineException failed(String what, IOException cause) {
        return new EngineException(
                Severity.DEGRADED,
                "shard %d: cannot %s the archive in %s: %s".formatted(shard, what, directory, cause),
                cause);
    }

    /** What is asked of the files that are there. */
    private interface Question<T> {
        T ask(Catalog catalog) throws IOException;
    }

    /** The files that are in force, oldest first, and those that are not any more. */
    private static final class Catalog {
        private @Nullable CompactedFile compacted;
        private final List<Segment> segments = new ArrayList<>();
        private final List<Path> superseded = new ArrayList<>();
        private long lastNumber = -1;
    }

    /** Adds frames behind those that are there. */
    final class Appender implements AutoCloseable {
        private final LogPosition archived;
        private LogPosition end;
        private long nextNumber;
        private @Nullable SegmentWriter writer;
        private long repeated;

        private Appender(LogPosition end, long nextNumber) {
            this.archived = end;
            this.end = end;
            this.nextNumber = nextNumber;
        }

        /**
         * Takes the next frame that leaves the broker, and seals the segment when it is full. A frame that the archive
         * holds already, because of a crash, is left out; one that does not follow is refused by {@link EngineException}
         * DEGRADED.
         */
        void append(byte[] bytes) {
            LogFrame frame;
            try {
                frame = LogFrame.parse(bytes);
            } catch (WireException | IllegalArgumentException damage) {
                throw refused("a frame behind frame " + (end.sequence() - 1) + " is damaged: " + damage.getMessage());
            }
            Verdict verdict = end.judge(frame);
            if (frame.header().shard() != shard || verdict == Verdict.BROKEN) {
                throw refused("frame %d of shard %d does not follow %s"
                        .formatted(frame.header().sequence(), frame.header().shard(), end));
            }
            if (verdict == Verdict.STALE && isArchived(frame)) {
                repeated++;
                return;
            }
            try {
                SegmentWriter open = writer == null ? begin() : writer;
                open.append(bytes, frame, verdict == Verdict.NEXT);
                end = open.end();
                if (open.rawBytes() >= segmentBytes) {
                    seal();
                }
            } catch (IOException e) {
                throw failed("append to", e);
            }
        }

        /** Returns when all that was appended is sealed and survives a crash. */
        void seal() {
            if (writer == null) {
                return;
            }
            try {
                writer.seal();
                writer = null;
            } catch (IOException e) {
                throw failed("seal a segment of", e);
            }
        }

        /** Behind the last frame that was taken. */
        LogPosition end() {
            return end;
        }

        /** Frames left out because they are archived already. */
        long repeated() {
            return repeated;
        }

        /** Gives up what is not sealed. */
        @Override
        public void close() {
            if (writer == null) {
                return;
            }
            try {
                writer.discard();
                writer = null;
            } catch (IOException e) {
                throw failed("close", e);
            }
        }

        private SegmentWriter begin() throws IOException {
            Path file = directory.resolve("segment-%012d%s".formatted(nextNumber++, SEALED));
            SegmentWriter opened = SegmentWriter.open(file, shard, end);
            writer = opened;
            return opened;
        }

        /** Only what was archived before this run can come again. */
        private boolean isArchived(LogFrame frame) {
            if (frame.header().sequence() >= archived.sequence()) {
                return false;
            }
            boolean[] found = {false};
            FileLogArchive.this.read(frame.header().sequence(), (bytes, place) -> {
                LogFrame other = parse(bytes, place);
                found[0] = Arrays.equals(other.hash(), frame.hash());
                return !found[0] && other.header().sequence() <= frame.header().sequence();
            });
            return found[0];
        }

        private EngineException refused(String why) {
            return new EngineException(
                    Severity.DEGRADED,
                    "shard %d: the archive refuses what the broker should let go: %s; nothing was let go, run ./mainstay verify"
                            .formatted(shard, why));
        }
    }
}
