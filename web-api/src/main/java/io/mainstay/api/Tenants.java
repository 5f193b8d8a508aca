package io.mainstay.api;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.regex.Pattern;

/** On whose behalf a request is made. */
final class Tenants {
    static final String HEADER = "Mainstay-Tenant";
    static final String PATTERN = "[a-z0-9-]{0,64}";

    private static final Pattern NAME = Pattern.compile(PATTERN);

    private Tenants() {}

    /** The tenant in the header; the default one, which has no name, without it. */
    static String of(HttpHeaders headers) {
        List<String> values = headers.getRequestHeader(HEADER);
        if (values == null || values.isEmpty()) {
            return "";
        }
        if (values.size() > 1 || !NAME.matcher(values.get(0)).matches()) {
            throw new ProblemException(Problem.of(
                    ProblemType.TENANT_INVALID,
                    "The header " + HEADER + " wants up to 64 small letters, digits and hyphens, once."));
        }
        return values.get(0);
    }
}
