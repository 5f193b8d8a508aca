package io.mainstay.api;

import java.io.IOException;
import java.util.concurrent.CompletionStage;

/** Deals with the requests of one endpoint. Throws {@link ProblemException}, or its stage fails with one. */
interface Handler {
    CompletionStage<Reply> handle(Exchange exchange) throws IOException;
}
