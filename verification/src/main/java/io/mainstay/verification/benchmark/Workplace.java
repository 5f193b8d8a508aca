package io.mainstay.verification.benchmark;

import io.mainstay.core.gateway.CommandGateway;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.route.Directory;
import io.mainstay.core.route.ShardRouter;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.engine.EngineConfig;
import io.mainstay.engine.SnapshotSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The settings that every run on a real broker has, and what it does before it begins. */
final class Workplace {
    private static final int OPENED_AT_ONCE = 4096;
    private static final long PATIENCE_SECONDS = 60;

    @Option(names = "--shards", paramLabel = "COUNT", description = "default: ${DEFAULT-VALUE}")
    int shards = 4;

    @Option(names = "--accounts", paramLabel = "COUNT", description = "over all shards; default: ${DEFAULT-VALUE}")
    int accounts = 10_000;

    @Option(
            names = "--directory",
            paramLabel = "DIRECTORY",
            description = "where a directory for the journal is made, and deleted after; default: the system's for"
                    + " temporary files. One in memory makes syncs free and the figures meaningless.")
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--broker-xml",
            paramLabel = "FILE",
            defaultValue = "${sys:mainstay.root:-..}/artemis-config/embedded/broker.xml",
            description = "the broker's configuration; default: the server's own")
    Path brokerXml = Path.of("broker.xml");

    @Option(names = "--seed", paramLabel = "NUMBER", description = "default: ${DEFAULT-VALUE}")
    long seed = 1;

    /** Shards as they usually are, without snapshots but those that are asked for. */
    EngineConfig config() {
        return new EngineConfig(
                shards,
                65_536,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                new SnapshotSchedule(Duration.ofDays(1), Integer.MAX_VALUE),
                ShardConfig.DEFAULT);
    }

    Path makeDirectory() throws IOException {
        return Files.createTempDirectory(directory, "mainstay-bench-");
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Opens the accounts, as many on each shard; one row a shard. */
    UUID[][] openAccounts(CommandGateway gateway) throws InterruptedException, ExecutionException, TimeoutException {
        return openAccounts(gateway, "", seed);
    }

    /** Those of a tenant; another seed gives other accounts. */
    UUID[][] openAccounts(CommandGateway gateway, String tenant, long idSeed)
            throws InterruptedException, ExecutionException, TimeoutException {
        Transfers ids = new Transfers(idSeed);
        UUID[][] opened = new UUID[shards][];
        for (int shard = 0; shard < shards; shard++) {
            opened[shard] = ids.ids(Math.max(2, accounts / shards));
            String ledger = ledgerOf(tenant, shard);
            List<CompletableFuture<Outcome>> answers = new ArrayList<>();
            for (UUID id : opened[shard]) {
                OpenAccount open = new OpenAccount(
                        tenant,
                        id,
                        ledger,
                        "EUR",
                        OpenAccount.UNLIMITED,
                        OpenAccount.UNLIMITED_MAX,
                        "",
                        Optional.empty());
                answers.add(gateway.submit(open, ids.id()).toCompletableFuture());
                if (answers.size() == OPENED_AT_ONCE) {
                    awaitAccepted(answers);
                }
            }
            awaitAccepted(answers);
        }
        return opened;
    }

    /** A tenant's ledger that lives on the shard. */
    private String ledgerOf(String tenant, int shard) {
        ShardRouter router = new ShardRouter(shards, new Directory());
        return Stream.iterate(0, number -> number + 1)
                .map(number -> "bench-" + number)
                .filter(name -> router.shardOf(tenant.isEmpty() ? name : tenant + "/" + name) == shard)
                .findFirst()
                .orElseThrow();
    }

    private static void awaitAccepted(List<CompletableFuture<Outcome>> answers)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (CompletableFuture<Outcome> answer : answers) {
            Outcome outcome = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!(outcome instanceof Outcome.Accepted)) {
                throw new IllegalStateException("an account was not opened: " + outcome);
            }
        }
        answers.clear();
    }
}
