package io.mainstay.api;

import io.mainstay.core.access.Refusal;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.gateway.Stage;
import java.util.List;

/**
 * A way to fail that callers can tell from others.
 *
 * @param code stable; the problem's {@code type} is {@code urn:mainstay:problem:<code>}
 * @param status of HTTP
 * @param title the same for each problem of the type
 */
record ProblemType(String code, int status, String title) {
    static final ProblemType MALFORMED_JSON = new ProblemType("malformed-json", 400, "The body is not proper JSON");
    static final ProblemType FIELD_MISSING = new ProblemType("field-missing", 400, "A required field is missing");
    static final ProblemType FIELD_UNKNOWN = new ProblemType("field-unknown", 400, "There is no such field");
    static final ProblemType FIELD_INVALID = new ProblemType("field-invalid", 400, "A value is not acceptable");
    static final ProblemType IDEMPOTENCY_KEY_INVALID =
            new ProblemType("idempotency-key-invalid", 400, "The idempotency key is not acceptable");
    static final ProblemType IF_MATCH_INVALID =
            new ProblemType("if-match-invalid", 400, "The expected version is not acceptable");
    static final ProblemType TENANT_INVALID = new ProblemType("tenant-invalid", 400, "The tenant is not acceptable");
    static final ProblemType REQUEST_INVALID = new ProblemType("request-invalid", 400, "The request is not acceptable");
    static final ProblemType ROUTE_UNKNOWN = new ProblemType("route-unknown", 404, "There is nothing at this path");
    static final ProblemType METHOD_NOT_ALLOWED =
            new ProblemType("method-not-allowed", 405, "The path does not take this method");
    static final ProblemType NOT_ACCEPTABLE =
            new ProblemType("not-acceptable", 406, "The answer is JSON, which the request does not accept");
    static final ProblemType RECONCILE_RUNNING =
            new ProblemType("reconcile-running", 409, "Engine and database are being compared already");
    static final ProblemType DEAD_LETTER_UNKNOWN =
            new ProblemType("dead-letter-unknown", 404, "There is no such dead letter");
    static final ProblemType DEAD_LETTER_CLOSED =
            new ProblemType("dead-letter-closed", 409, "The dead letter is resolved or discarded");
    static final ProblemType DEAD_LETTER_BEHIND =
            new ProblemType("dead-letter-behind", 409, "An earlier dead letter comes first");
    static final ProblemType DEAD_LETTERS_BUSY =
            new ProblemType("dead-letters-busy", 409, "Dead letters are being dealt with already");
    static final ProblemType REBUILD_RUNNING =
            new ProblemType("rebuild-running", 409, "A rebuild is under way already");
    static final ProblemType REBUILD_NOT_RUNNING =
            new ProblemType("rebuild-not-running", 409, "No rebuild of the target is under way");
    static final ProblemType VERSION_MISMATCH =
            new ProblemType("version-mismatch", 412, "What is to be changed is at another version");
    static final ProblemType BODY_TOO_LARGE = new ProblemType("body-too-large", 413, "The body is too large");
    static final ProblemType MEDIA_TYPE_UNSUPPORTED =
            new ProblemType("media-type-unsupported", 415, "The body has to be application/json in UTF-8");
    static final ProblemType IDEMPOTENCY_KEY_REUSED =
            new ProblemType("idempotency-key-reused", 422, "The idempotency key was used for another request");
    static final ProblemType CROSS_SHARD_UNSUPPORTED =
            new ProblemType("cross-shard-unsupported", 422, "Linked commands are about different shards");
    static final ProblemType OVERLOADED = new ProblemType("overloaded", 429, "The shard has more work than it takes");
    static final ProblemType QUOTA_EXCEEDED =
            new ProblemType("quota-exceeded", 429, "The tenant has used up its quota");
    static final ProblemType INTERNAL_ERROR = new ProblemType("internal-error", 500, "Mainstay made a mistake");
    static final ProblemType SHARD_UNAVAILABLE =
            new ProblemType("shard-unavailable", 503, "The shard does not serve at present");
    static final ProblemType OUTCOME_UNKNOWN =
            new ProblemType("outcome-unknown", 503, "The command may or may not be done");
    static final ProblemType PROJECTION_UNAVAILABLE =
            new ProblemType("projection-unavailable", 503, "The database of the projections does not answer");
    static final ProblemType PROJECTION_BEHIND =
            new ProblemType("projection-behind", 503, "The projection has not come so far yet");
    static final ProblemType HISTORY_UNAVAILABLE =
            new ProblemType("history-unavailable", 503, "The log cannot be read back at present");
    static final ProblemType RECONCILE_UNAVAILABLE =
            new ProblemType("reconcile-unavailable", 503, "Engine and database cannot be compared at present");
    static final ProblemType DEAD_LETTERS_UNAVAILABLE =
            new ProblemType("dead-letters-unavailable", 503, "Dead letters cannot be dealt with at present");
    static final ProblemType REBUILD_UNAVAILABLE =
            new ProblemType("rebuild-unavailable", 503, "Rebuilds cannot be asked for at present");
    static final ProblemType COMMAND_TIMEOUT =
            new ProblemType("command-timeout", 504, "The command was not answered in time");

    /** The types that the API knows by itself; the domains' rejections come on top. */
    static final List<ProblemType> OWN = List.of(
            MALFORMED_JSON,
            FIELD_MISSING,
            FIELD_UNKNOWN,
            FIELD_INVALID,
            IDEMPOTENCY_KEY_INVALID,
            IF_MATCH_INVALID,
            TENANT_INVALID,
            REQUEST_INVALID,
            ROUTE_UNKNOWN,
            METHOD_NOT_ALLOWED,
            NOT_ACCEPTABLE,
            RECONCILE_RUNNING,
            DEAD_LETTER_UNKNOWN,
            DEAD_LETTER_CLOSED,
            DEAD_LETTER_BEHIND,
            DEAD_LETTERS_BUSY,
            REBUILD_RUNNING,
            REBUILD_NOT_RUNNING,
            VERSION_MISMATCH,
            BODY_TOO_LARGE,
            MEDIA_TYPE_UNSUPPORTED,
            IDEMPOTENCY_KEY_REUSED,
            CROSS_SHARD_UNSUPPORTED,
            OVERLOADED,
            QUOTA_EXCEEDED,
            INTERNAL_ERROR,
            SHARD_UNAVAILABLE,
            OUTCOME_UNKNOWN,
            PROJECTION_UNAVAILABLE,
            PROJECTION_BEHIND,
            HISTORY_UNAVAILABLE,
            RECONCILE_UNAVAILABLE,
            DEAD_LETTERS_UNAVAILABLE,
            REBUILD_UNAVAILABLE,
            COMMAND_TIMEOUT);

    /** The type of a refusal that a domain has declared. */
    static ProblemType of(Refusal refusal) {
        return new ProblemType(refusal.code(), refusal.status(), titleOf(refusal.code()));
    }

    /** The type of a domain's refusal. */
    static ProblemType of(Rejection rejection) {
        return rejection.code().equals(VERSION_MISMATCH.code())
                ? VERSION_MISMATCH
                : new ProblemType(rejection.code(), statusOf(rejection.kind()), titleOf(rejection.code()));
    }

    /** The type of a refusal by a check before the shard. */
    static ProblemType of(Stage stage, Rejection rejection) {
        if (stage == Stage.POLICY && rejection.code().equals(QUOTA_EXCEEDED.code())) {
            return QUOTA_EXCEEDED;
        }
        int status = switch (stage) {
            case PRE_VALIDATION -> 400;
            case AUTHORIZATION -> 403;
            case POLICY -> statusOf(rejection.kind());
        };
        return new ProblemType(rejection.code(), status, titleOf(rejection.code()));
    }

    private static int statusOf(Rejection.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case UNKNOWN -> 404;
            case CONFLICT -> 409;
            case REFUSED -> 422;
        };
    }

    /** {@code funds-insufficient} is "Funds insufficient". */
    private static String titleOf(String code) {
        return Character.toUpperCase(code.charAt(0)) + code.substring(1).replace('-', ' ');
    }
}
