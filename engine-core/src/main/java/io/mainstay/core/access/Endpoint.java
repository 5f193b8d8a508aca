package io.mainstay.core.access;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where callers find an operation or a read, and what they are told about it.
 *
 * @param name stable, lower case with hyphens: {@code post-transfer}
 * @param method of HTTP
 * @param path below the version of the API, the fields of the path in braces: <code>/transfers/{id}/confirm</code>
 * @param fields those in the path
 * @param tag what it belongs to, for people: {@code Transfers}
 * @param summary in a few words
 * @param description in some sentences
 */
public record Endpoint(
        String name, String method, String path, Fields fields, String tag, String summary, String description) {
    private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final Pattern PATH = Pattern.compile("(/([a-z]+(-[a-z]+)*|\\{[a-zA-Z]+}))+");
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z]+)}");

    public Endpoint {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("endpoint '" + name + "' is not lower case with hyphens");
        }
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("path '" + path + "' of " + name + " is none");
        }
        Matcher parameters = PARAMETER.matcher(path);
        int count = 0;
        while (parameters.find()) {
            count++;
            if (fields.indexOf(parameters.group(1)) == Fields.NONE) {
                throw new IllegalArgumentException(
                        "path '" + path + "' of " + name + " has a field that is not declared");
            }
        }
        if (count != fields.size()) {
            throw new IllegalArgumentException("path '" + path + "' of " + name + " lacks a field that is declared");
        }
    }

    public static Endpoint of(
            String name,
            String method,
            String path,
            String tag,
            String summary,
            String description,
            Field<?>... fields) {
        return new Endpoint(name, method, path, Fields.of(fields), tag, summary, description);
    }
}
