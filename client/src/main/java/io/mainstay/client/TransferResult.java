package io.mainstay.client;

/** What became of one of several transfers. */
public sealed interface TransferResult {
    /** It was posted; its status is {@code in-flight} if other shards have not answered yet. */
    record Accepted(Transfer transfer) implements TransferResult {}

    /** It was not. */
    record Refused(MainstayProblem.Problem problem) implements TransferResult {}
}
