package io.mainstay.client;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
    private static final String ACCOUNTS = "/v1/accounts";
    private static final String TRANSFERS = "/v1/transfers";

    private final HttpCalls http;

    public MainstayClient(ClientConfig config) {
        http = new HttpCalls(config);
    }

    public static MainstayClient connect(URI url) {
        return new MainstayClient(ClientConfig.of(url));
    }

    public Answer<Account> openAccount(OpenAccount order) {
        return openAccount(order, newKey());
    }

    /** Opens an account under a key of the caller's, who may then repeat the call, even in another process. */
    public Answer<Account> openAccount(OpenAccount order, String idempotencyKey) {
        return http.post(ACCOUNTS, LedgerJson.write(order), idempotencyKey, LedgerJson::account);
    }

    public Answer<Transfer> postTransfer(PostTransfer order) {
        return postTransfer(order, newKey());
    }

    /** Posts a transfer under a key of the caller's, who may then repeat the call, even in another process. */
    public Answer<Transfer> postTransfer(PostTransfer order, String idempotencyKey) {
        return http.post(TRANSFERS, LedgerJson.write(order), idempotencyKey, LedgerJson::transfer);
    }

    /** The account as it is now, after every order that was answered before. */
    public Account account(UUID id) {
        return http.get(ACCOUNTS + "/" + id, LedgerJson::account);
    }

    /** A transfer, as soon as it is written to the database. */
    public Transfer transfer(UUID id) {
        return http.get(TRANSFERS + "/" + id, LedgerJson::transfer);
    }

    /**
     * Entries of an account, newest first, from the database.
     *
     * @param limit entries on the page
     * @param cursor {@link EntryPage#next} of the page before; null for the first page
     */
    public EntryPage entries(UUID account, int limit, @Nullable String cursor) {
        String path = ACCOUNTS + "/" + account + "/entries?limit=" + limit;
        return http.get(
                cursor == null ? path : path + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8),
                LedgerJson::entryPage);
    }

    @Override
    public void close() {
        http.close();
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }
}
