package io.mainstay.api;

import io.mainstay.domain.ledger.OpenAccount;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Accounts: opened by a command, read from memory, their history from the projection. */
@Singleton
@Path("/accounts")
@Produces(Reply.JSON)
public class AccountsResource {
    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 500;
    private static final long OPENING_VERSION = 1;
    private static final Pattern LIMIT = Pattern.compile("[0-9]{1,9}");

    private final Engine engine;
    private final LedgerReads ledger;
    private final ProjectionWait projection;

    @Inject
    public AccountsResource(Engine engine, LedgerReads ledger, ProjectionWait projection) {
        this.engine = engine;
        this.ledger = ledger;
        this.projection = projection;
    }

    /** Opens an account. */
    @POST
    @Consumes(Reply.JSON)
    public CompletionStage<Response> open(InputStream content, @Context HttpHeaders headers) throws IOException {
        JsonBody body = Requests.body(content, headers);
        UUID id = body.optionalUuid("id");
        String ledgerName = body.text("ledger", "main", 1, OpenAccount.LEDGER_LENGTH_MAX);
        String asset = body.text("asset", OpenAccount.ASSET, "has to be 3 to 12 capital letters or digits");
        long minBalanceMinor = body.integer("minBalanceMinor", OpenAccount.UNLIMITED + 1, 0, 0, OpenAccount.UNLIMITED);
        body.check();
        Identity identity = Requests.identity("account", headers, id);
        return engine.submit(new OpenAccount(identity.id(), ledgerName, asset, minBalanceMinor), identity.key())
                .thenApply(Reply::toResponse);
    }

    /** The account as it is now. */
    @GET
    @Path("/{id}")
    public CompletionStage<Response> account(@PathParam("id") String id) {
        return engine.account(Requests.id(id))
                .thenApply(found -> Reply.json(200, LedgerJson.account(found.account(), found.reading()))
                        .toResponse());
    }

    /** The account's history, newest first: at least as new as the account is now, if the projection makes it in time. */
    @GET
    @Path("/{id}/entries")
    public CompletionStage<Response> entries(
            @PathParam("id") String id,
            @Nullable @QueryParam("limit") String limit,
            @Nullable @QueryParam("cursor") String cursor) {
        UUID account = Requests.id(id);
        int count = limit(limit);
        long versionBefore = versionBefore(cursor);
        return engine.account(account)
                .thenCompose(found -> {
                    long newest = Math.min(found.account().version(), versionBefore - 1);
                    int shard = found.reading().shard();
                    return projection
                            .until(
                                    page -> newest <= OPENING_VERSION || reaches(page, newest),
                                    () -> ledger.entries(account, shard, versionBefore, count))
                            .thenApply(page -> reply(account, shard, count, page));
                })
                .thenApply(Reply::toResponse);
    }

    /** Every version after the first has one entry, so the newest entry tells how far the account is projected. */
    private static boolean reaches(LedgerReads.EntryPage page, long version) {
        return !page.entries().isEmpty() && page.entries().get(0).version() >= version;
    }

    private static Reply reply(UUID account, int shard, int limit, LedgerReads.EntryPage page) {
        if (!page.more()) {
            return Reply.json(200, LedgerJson.entries(page, shard, null));
        }
        String next = Cursor.of(page.entries().get(page.entries().size() - 1).version());
        return Reply.json(200, LedgerJson.entries(page, shard, next))
                .with(
                        "Link",
                        "</v1/accounts/%s/entries?limit=%d&cursor=%s>; rel=\"next\"".formatted(account, limit, next));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return LIMIT_DEFAULT;
        }
        int limit = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > LIMIT_MAX) {
            throw Requests.parameter("limit", "limit has to be a whole number from 1 to " + LIMIT_MAX + ".");
        }
        return limit;
    }

    private static long versionBefore(@Nullable String cursor) {
        return cursor == null
                ? Long.MAX_VALUE
                : Cursor.versionBefore(cursor)
                        .orElseThrow(() -> Requests.parameter("cursor", "cursor is not one that an answer has given."));
    }
}
