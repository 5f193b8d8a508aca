package io.mainstay.api;

import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.domain.ledger.PostTransfer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Transfers: posted by a command, read from the projection. */
@Singleton
@Path("/transfers")
@Produces(Reply.JSON)
public class TransfersResource {
    private final Engine engine;
    private final LedgerReads ledger;
    private final ProjectionWait projection;

    @Inject
    public TransfersResource(Engine engine, LedgerReads ledger, ProjectionWait projection) {
        this.engine = engine;
        this.ledger = ledger;
        this.projection = projection;
    }

    /** Moves an amount from one account to another. */
    @POST
    @Consumes(Reply.JSON)
    public CompletionStage<Response> post(InputStream content, @Context HttpHeaders headers) throws IOException {
        JsonBody body = Requests.body(content, headers);
        UUID id = body.optionalUuid("id");
        UUID from = body.uuid("from");
        UUID to = body.uuid("to");
        long amountMinor = body.integer("amountMinor", 1, Long.MAX_VALUE);
        String reference = body.optionalText("reference", PostTransfer.REFERENCE_LENGTH_MAX);
        if (body.isSound() && from.equals(to)) {
            body.invalid("to", "has to name another account than 'from'");
        }
        body.check();
        Identity identity = Requests.identity("transfer", headers, id);
        PostTransfer command = new PostTransfer(identity.id(), from, to, amountMinor, reference);
        return engine.submit(CommandRequest.of(command, identity.key()).expecting(Requests.expectedVersion(headers)))
                .thenApply(Reply::toResponse);
    }

    /** A posted transfer; waits for the projection to pass what the engine had done when the request came. */
    @GET
    @Path("/{id}")
    public CompletionStage<Response> transfer(@PathParam("id") String id) {
        UUID transfer = Requests.id(id);
        Map<Integer, Long> executedBefore = executedBefore();
        return projection
                .until(
                        search -> search.transfer().isPresent() || search.covers(executedBefore),
                        () -> ledger.searchTransfer(transfer))
                .thenApply(search -> search.transfer()
                        .map(found -> Reply.json(200, LedgerJson.transfer(found)))
                        .orElseThrow(() -> unknown(transfer, search.covers(executedBefore))))
                .thenApply(Reply::toResponse);
    }

    /** A shard that does not serve does not know yet what it had done before, so no projection covers that. */
    private Map<Integer, Long> executedBefore() {
        return engine.status().stream()
                .collect(Collectors.toMap(
                        ShardStatus::shard, shard -> shard.phase().isRunning() ? shard.nextOffset() : Long.MAX_VALUE));
    }

    private static ProblemException unknown(UUID transfer, boolean caughtUp) {
        return new ProblemException(Problem.of(
                ProblemType.TRANSFER_UNKNOWN,
                caughtUp
                        ? "There is no transfer " + transfer + "."
                        : "There is no transfer " + transfer
                                + " in the projection, which is behind the engine; ask again if it was just posted."));
    }
}
