package io.mainstay.api;

/** Problems that the server finds before a resource sees the request. */
final class Problems {
    private Problems() {}

    /** The problem that a status of the container stands for. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> Problem.of(ProblemType.ROUTE_UNKNOWN, "Nothing is at this path; GET / lists what there is.");
            case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED, "The header Allow lists the methods of this path.");
            case 406 -> Problem.of(ProblemType.NOT_ACCEPTABLE, "Accept application/json and application/problem+json.");
            case 413 -> JsonBody.tooLarge(JsonBody.BYTES_MAX).problem();
            case 415 -> Problem.of(ProblemType.MEDIA_TYPE_UNSUPPORTED, "Send Content-Type: application/json.");
            default ->
                Problem.of(
                        new ProblemType(
                                ProblemType.REQUEST_INVALID.code(), status, ProblemType.REQUEST_INVALID.title()),
                        "The server refused the request before it came to the API.");
        };
    }
}
