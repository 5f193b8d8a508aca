package io.mainstay.verification.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mainstay.core.domain.Command;
import io.mainstay.core.gateway.CommandGateway;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import io.mainstay.domain.ledger.TransferPosted;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real EAR in the real server: a command through the engine's bean becomes a row in PostgreSQL. */
@ExtendWith(ArquillianExtension.class)
@NullUnmarked // The container sets the fields before it calls a method.
class InContainerIT {
    private static final String APPLICATION_XML = "META-INF/application.xml";
    private static final String TEST_MODULE =
            "<module><web><web-uri>test.war</web-uri><context-root>/test</context-root></web></module>";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @EJB(lookup = "java:app/ejb-engine/EngineHost!io.mainstay.core.gateway.CommandGateway")
    private CommandGateway gateway;

    @Resource(lookup = "jdbc/mainstay-read")
    private DataSource database;

    /** The EAR of the build with one more module, which has to stand before the library directory. */
    @Deployment
    static EnterpriseArchive application() throws IOException {
        EnterpriseArchive ear = ShrinkWrap.create(ZipImporter.class, "mainstay.ear")
                .importFrom(new File("../ear/target/mainstay.ear"))
                .as(EnterpriseArchive.class);
        WebArchive test = ShrinkWrap.create(WebArchive.class, "test.war")
                .addClass(InContainerIT.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
        ear.addAsModule(Testable.archiveToTest(test));
        String descriptor;
        try (InputStream content = ear.get(APPLICATION_XML).getAsset().openStream()) {
            descriptor = new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
        ear.delete(APPLICATION_XML);
        ear.setApplicationXML(
                new StringAsset(descriptor.replace("<library-directory>", TEST_MODULE + "<library-directory>")));
        return ear;
    }

    @Test
    void writesAnExecutedTransferIntoTheDatabase() throws Exception {
        await(
                "all shards serve",
                () -> gateway.status().stream().allMatch(shard -> shard.phase() == ShardStatus.Phase.SERVING));
        UUID bank = UUID.randomUUID();
        UUID wallet = UUID.randomUUID();
        UUID transfer = UUID.randomUUID();

        accepted(new OpenAccount(bank, "inside", "EUR", OpenAccount.UNLIMITED));
        accepted(new OpenAccount(wallet, "inside", "EUR", 0));
        Outcome.Accepted posted = accepted(new PostTransfer(transfer, bank, wallet, 1250, "from inside"));

        TransferPosted event =
                assertInstanceOf(TransferPosted.class, posted.events().get(0));
        assertEquals(1250, event.toBalanceMinor());
        assertEquals(2, posted.version());
        assertEquals(Optional.of(1250L), balanceMinor(wallet));
        await("the transfer is in the database", () -> isProjected(transfer, posted));
    }

    @Test
    void readsThatTakeTooLongAreBrokenOff() throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select current_setting('statement_timeout'), current_setting('transaction_read_only')");
                ResultSet rows = statement.executeQuery()) {
            assertTrue(rows.next());
            assertEquals("30s", rows.getString(1));
            assertEquals("on", rows.getString(2));
        }
    }

    private Outcome.Accepted accepted(Command command) throws Exception {
        Outcome outcome = gateway.submit(command, UUID.randomUUID())
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return assertInstanceOf(Outcome.Accepted.class, outcome);
    }

    private Optional<Long> balanceMinor(UUID account) throws Exception {
        return gateway.read(
                        account,
                        LedgerState.class,
                        state -> state.account(account)
                                .map(LedgerState.AccountView::balanceMinor)
                                .orElseThrow())
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .map(CommandGateway.Reading::value);
    }

    private boolean isProjected(UUID transfer, Outcome.Accepted posted) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        select t.shard, t.log_offset, a.balance_minor
                        from transfers t join accounts a on a.id = t.to_account_id where t.id = ?""")) {
            statement.setObject(1, transfer);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        && rows.getInt(1) == posted.shard()
                        && rows.getLong(2) == posted.offset()
                        && rows.getLong(3) == 1250;
            }
        } catch (SQLException e) {
            // A new server takes commands before its database has tables.
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** Awaitility would have to be deployed; this will do. */
    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, () -> "not within " + PATIENCE + ": " + what);
            Thread.sleep(50);
        }
    }
}
