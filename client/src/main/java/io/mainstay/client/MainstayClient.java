package io.mainstay.client;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A Mainstay server as a Java program sees it. Safe for use by many threads; a call blocks its thread.
 *
 * <p>Every call is repeated while the server cannot be reached, is overloaded or recovers, until {@link Retry#total} is
 * over. An order keeps its idempotency key over all attempts, so it is done once. Calls throw {@link MainstayProblem}
 * if the server refuses and {@link MainstayUnreachable} if it does not answer.
 */
public final class MainstayClient implements AutoCloseable {
    private static final String DEAD_LETTERS = "/v1/operations/dead-letters";

    private final HttpCalls http;

    public MainstayClient(ClientConfig config) {
        http = new HttpCalls(config);
    }

    public static MainstayClient connect(URI url) {
        return new MainstayClient(ClientConfig.of(url));
    }

    /** Has an order done, under a new key. */
    public <T> Answer<T> send(Order<T> order) {
        return send(order, UUID.randomUUID().toString());
    }

    /** Has an order done under a key of the caller's, who may then repeat the call, even in another process. */
    public <T> Answer<T> send(Order<T> order, String idempotencyKey) {
        return http.send(Request.of(order), idempotencyKey, OptionalLong.empty());
    }

    /**
     * Has an order done if what it changes first, such as the account that pays, is still at this version; otherwise a
     * {@link MainstayProblem} {@code version-mismatch} tells the current one.
     */
    public <T> Answer<T> send(Order<T> order, String idempotencyKey, long expectedVersion) {
        return http.send(Request.of(order), idempotencyKey, OptionalLong.of(expectedVersion));
    }

    /** The account as it is now, after every order that was answered before. */
    public Account account(UUID id) {
        return http.get(account(id, ""), LedgerJson::account);
    }

    /** The account as the command at an offset of its shard's log left it. */
    public Account accountAt(UUID id, long offset) {
        return http.get(account(id, "?at=" + offset), LedgerJson::account);
    }

    /** The account as it was at a time. */
    public Account accountAsOf(UUID id, Instant time) {
        return http.get(account(id, "?asOf=" + time), LedgerJson::account);
    }

    /**
     * Why the account is as it is: what changed it, oldest first, read back from the log.
     *
     * @param limit changes on the page
     * @param from {@link ChangePage#next} of the page before; null for the first page
     */
    public ChangePage changes(UUID account, int limit, @Nullable Long from) {
        String path = account(account, "/changes?limit=" + limit);
        return http.get(from == null ? path : path + "&from=" + from, LedgerJson::changePage);
    }

    /**
     * Entries of an account, newest first, from the database.
     *
     * @param limit entries on the page
     * @param cursor {@link EntryPage#next} of the page before; null for the first page
     */
    public EntryPage entries(UUID account, int limit, @Nullable String cursor) {
        return http.get(entriesPath(account, limit, cursor), LedgerJson::entryPage);
    }

    /** The same, as soon as the database shows what stands at a position, such as that of an {@link Answer}. */
    public EntryPage entries(UUID account, int limit, @Nullable String cursor, Position after) {
        return http.get(entriesPath(account, limit, cursor) + "&" + after(after), LedgerJson::entryPage);
    }

    /** What a range of time did to an account, from the database: its balances before and after, and entries, the oldest first. */
    public Statement statement(UUID account, Range range) {
        return http.get(account(account, "/statement" + range.query()), LedgerJson::statement);
    }

    /** Transfers from an account or to it, the latest first, from the database; not those of more than two accounts. */
    public TransferPage transfers(UUID account, Range range) {
        return http.get(account(account, "/transfers" + range.query()), TransferJson::page);
    }

    /** The accounts that a party owns, opened last first, from the database. */
    public AccountPage accountsOf(UUID party, Range range) {
        return http.get(Request.PARTIES + "/" + party + "/accounts" + range.query(), LedgerJson::accountPage);
    }

    /** The accounts of a ledger, opened last first, from the database; none if there is no such ledger. */
    public AccountPage accountsIn(String ledger, Range range) {
        String name = URLEncoder.encode(ledger, StandardCharsets.UTF_8).replace("+", "%20");
        return http.get("/v1/ledgers/" + name + "/accounts" + range.query(), LedgerJson::accountPage);
    }

    /** A transfer, as soon as it is written to the database. */
    public Transfer transfer(UUID id) {
        return http.get(Request.TRANSFERS + "/" + id, TransferJson::transfer);
    }

    /** The same, as soon as the database shows what stands at a position, such as that of an {@link Answer}. */
    public Transfer transfer(UUID id, Position after) {
        return http.get(Request.TRANSFERS + "/" + id + "?" + after(after), TransferJson::transfer);
    }

    /** How far a transfer is, from memory; the server forgets old ones that are finished. */
    public TransferState transferState(UUID id) {
        return http.get(Request.TRANSFERS + "/" + id + "/state", TransferJson::state);
    }

    /** The party as it is now. */
    public Party party(UUID id) {
        return http.get(Request.PARTIES + "/" + id, LedgerJson::party);
    }

    /** The assets that each shard knows. */
    public List<Asset> assets() {
        return http.get(Request.ASSETS, LedgerJson::assets);
    }

    /** What is under way between shards, the oldest of each shard first. */
    public List<Saga> sagas() {
        return http.get("/v1/sagas", LedgerJson::sagas);
    }

    /**
     * Events that the server could not write to its database.
     *
     * @param limit letters on the page
     * @param after {@link DeadLetterPage#next} of the page before; null for the first page
     */
    public DeadLetterPage deadLetters(DeadLetterFilter filter, int limit, @Nullable UUID after) {
        StringBuilder path = new StringBuilder(DEAD_LETTERS).append("?limit=").append(limit);
        parameter(path, "target", filter.target());
        parameter(path, "shard", filter.shard());
        parameter(path, "state", filter.state());
        parameter(path, "after", after);
        return http.get(path.toString(), DeadLetterJson::page);
    }

    /** One of them with all that is known of it. */
    public DeadLetterDetails deadLetter(UUID id) {
        return http.get(DEAD_LETTERS + "/" + id, DeadLetterJson::details);
    }

    /** Has all open letters of this one's target and shard tried again, in order; returns when that is done. */
    public DeadLetterRetry retryDeadLetters(UUID id) {
        return http.post(DEAD_LETTERS + "/" + id + "/retry", JsonObject.EMPTY_JSON_OBJECT, DeadLetterJson::retry);
    }

    /**
     * Has an event passed over for good. If an answer was lost on the way, another attempt is refused with {@code
     * dead-letter-closed}.
     */
    public DeadLetterDetails discardDeadLetter(UUID id, String by, String reason) {
        return http.post(
                DEAD_LETTERS + "/" + id + "/discard", DeadLetterJson.discard(by, reason), DeadLetterJson::details);
    }

    @Override
    public void close() {
        http.close();
    }

    private static String entriesPath(UUID account, int limit, @Nullable String cursor) {
        String path = account(account, "/entries?limit=" + limit);
        return cursor == null ? path : path + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }

    private static void parameter(StringBuilder path, String name, @Nullable Object value) {
        if (value != null) {
            path.append('&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        }
    }

    private static String after(Position position) {
        return "after=" + position.shard() + ":" + position.offset();
    }

    private static String account(UUID id, String rest) {
        return Request.ACCOUNTS + "/" + id + rest;
    }
}
