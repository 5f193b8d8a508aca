package io.mainstay.verification.benchmark;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.LogFrame;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.projector.LocalProjection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast a log that waits becomes rows: the projection on a PostgreSQL of its own that syncs each commit to disk. */
@Command(
        name = "projection",
        mixinStandardHelpOptions = true,
        description =
                "Write a log of transfers, then project it, every shard on a thread of its own, and say how many rows"
                        + " that made in a second. A transfer makes three rows (sql), or one (events); accounts are updated.")
final class ProjectionLoad implements Callable<Integer> {
    private static final long BATCH_BYTES_MAX = 4 << 20;

    @Option(names = "--transfers", paramLabel = "COUNT", description = "over all shards; default: ${DEFAULT-VALUE}")
    private int transfers = 1_000_000;

    @Option(names = "--accounts", paramLabel = "COUNT", description = "over all shards; default: ${DEFAULT-VALUE}")
    private int accounts = 10_000;

    @Option(names = "--shards", paramLabel = "COUNT", description = "default: ${DEFAULT-VALUE}")
    private int shards = 4;

    @Option(
            names = "--frame",
            paramLabel = "COUNT",
            description = "transfers in a log frame; default: ${DEFAULT-VALUE}")
    private int frame = 256;

    @Option(
            names = "--batch-frames",
            paramLabel = "COUNT",
            description = "log frames in a transaction, at most; default: ${DEFAULT-VALUE}")
    private int batchFrames = 64;

    @Option(
            names = "--copy-rows",
            paramLabel = "COUNT",
            description = "new rows of a table that go by COPY, at least; default: ${DEFAULT-VALUE}")
    private int copyRows = 500;

    @Option(names = "--target", paramLabel = "NAME", description = "sql or events; default: ${DEFAULT-VALUE}")
    private String target = "sql";

    @Option(
            names = "--shared-buffers",
            paramLabel = "SIZE",
            description = "PostgreSQL's memory for pages; default: ${DEFAULT-VALUE}")
    private String sharedBuffers = "1GB";

    @Option(
            names = "--directory",
            paramLabel = "DIRECTORY",
            description = "where a directory for the database is made, and deleted after; default: the system's for"
                    + " temporary files. One in memory makes syncs free and the figures meaningless.")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public Integer call() throws Exception {
        if (transfers < 1 || shards < 1 || accounts < 2 * shards || frame < 1 || batchFrames < 1 || copyRows < 1) {
            throw new IllegalArgumentException("positive counts, and two accounts a shard wanted");
        }
        List<List<byte[]>> logs = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            logs.add(new TransferLog(shard, accounts / shards).write(transfers / shards, frame));
        }
        Path made = Files.createTempDirectory(directory, "mainstay-bench-");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(made.resolve("postgres"))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("shared_buffers", sharedBuffers)
                .start()) {
            measure(logs, dataSource(postgres.getPort()));
        } finally {
            Workplace.delete(made);
        }
        return CommandLine.ExitCode.OK;
    }

    /** As the server's pool sets its driver; connects anew for each transaction, which costs little beside a batch. */
    private static DataSource dataSource(int port) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName("postgres");
        dataSource.setUser("postgres");
        dataSource.setReWriteBatchedInserts(true);
        return dataSource;
    }

    private void measure(List<List<byte[]>> logs, DataSource database) throws Exception {
        try (LocalProjection projection =
                        new LocalProjection(database, new Domains(List.of(new LedgerDomain())), target, copyRows);
                ExecutorService threads = Executors.newFixedThreadPool(shards)) {
            // The accounts, and the first execution of everything.
            for (int shard = 0; shard < shards; shard++) {
                projection.project(
                        shard,
                        logs.get(shard).subList(0, TransferLog.OPENING_FRAMES).stream()
                                .map(LogFrame::parse)
                                .toList());
            }
            long rowsBefore = projection.rows();
            long transactionsBefore = projection.transactions();
            long startNanos = System.nanoTime();
            List<Future<?>> ends = new ArrayList<>();
            for (int shard = 0; shard < shards; shard++) {
                int projected = shard;
                ends.add(threads.submit(() -> project(projection, projected, logs.get(projected))));
            }
            for (Future<?> end : ends) {
                end.get();
            }
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            long rows = projection.rows() - rowsBefore;
            long made = (target.equals("sql") ? 3L : 1L) * (transfers / shards) * shards;
            System.out.printf(
                    Locale.ROOT,
                    "%s: %,d transfers in %.1f s: %,.0f new rows/s (%,d), %,.0f rows/s with updates (%,d);"
                            + " %,d transactions, %d failed; frames of %d, up to %d a transaction, COPY from %,d rows%n",
                    target,
                    transfers,
                    seconds,
                    made / seconds,
                    made,
                    rows / seconds,
                    rows,
                    projection.transactions() - transactionsBefore,
                    projection.retries(),
                    frame,
                    batchFrames,
                    copyRows);
        }
    }

    private void project(LocalProjection projection, int shard, List<byte[]> log) {
        List<LogFrame> batch = new ArrayList<>();
        long bytes = 0;
        for (byte[] each : log.subList(TransferLog.OPENING_FRAMES, log.size())) {
            batch.add(LogFrame.parse(each));
            bytes += each.length;
            if (batch.size() == batchFrames || bytes >= BATCH_BYTES_MAX) {
                projection.project(shard, batch);
                batch.clear();
                bytes = 0;
            }
        }
        if (!batch.isEmpty()) {
            projection.project(shard, batch);
        }
    }
}
