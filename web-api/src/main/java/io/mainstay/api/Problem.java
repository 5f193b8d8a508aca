package io.mainstay.api;

import io.mainstay.core.gateway.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was not done, as RFC 9457 wants it told.
 *
 * @param detail one or two sentences about this occurrence, for people
 * @param place where in the log it was decided
 * @param faults what is wrong in the request, one by one
 * @param instance names this occurrence, so that it is found in the log of the server
 * @param headers of the answer, on top of the usual ones
 */
record Problem(
        ProblemType type,
        String detail,
        Place place,
        List<Fault> faults,
        @Nullable String instance,
        Map<String, String> headers) {
    Problem {
        faults = List.copyOf(faults);
        headers = Map.copyOf(headers);
    }

    static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, Place.NOWHERE, List.of(), null, Map.of());
    }

    /** A problem with one value of the request. */
    static Problem of(ProblemType type, String pointer, String detail) {
        return of(type, detail).with(List.of(new Fault(pointer, detail)));
    }

    Problem with(Place where) {
        return new Problem(type, detail, where, faults, instance, headers);
    }

    Problem with(List<Fault> all) {
        return new Problem(type, detail, place, all, instance, headers);
    }

    Problem withInstance(String name) {
        return new Problem(type, detail, place, faults, name, headers);
    }

    Problem withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Problem(type, detail, place, faults, instance, more);
    }

    /** Asks the caller to come back; HTTP counts in seconds, so this rounds up. */
    Problem retryAfterMillis(long millis) {
        return withHeader("Retry-After", Long.toString(Math.max(1, Math.ceilDiv(millis, 1000))));
    }

    Reply reply() {
        JsonText json = new JsonText()
                .object()
                .text("type", "urn:mainstay:problem:" + type.code())
                .text("title", type.title())
                .number("status", type.status())
                .text("detail", detail);
        place.write(json);
        if (!faults.isEmpty()) {
            json.array("errors");
            for (Fault fault : faults) {
                json.object()
                        .text("pointer", fault.pointer())
                        .text("detail", fault.detail())
                        .end();
            }
            json.endArray();
        }
        if (instance != null) {
            json.text("instance", instance);
        }
        return new Reply(type.status(), Reply.PROBLEM_JSON, json.end().toString(), headers);
    }

    /** A value of the request that is wrong. */
    record Fault(String pointer, String detail) {}

    /**
     * A position in a shard's log and the version of the aggregate there, as far as they are known.
     *
     * @param original the position of an earlier command that stands in the way
     */
    record Place(
            @Nullable Integer shard,
            @Nullable Long offset,
            @Nullable Long version,
            @Nullable Long original) {
        static final Place NOWHERE = new Place(null, null, null, null);

        static Place of(Outcome.Decided decided) {
            return new Place(decided.shard(), decided.offset(), decided.version(), null);
        }

        static Place of(Position position) {
            return new Place(position.shard(), position.offset(), null, null);
        }

        static Place ofShard(int shard) {
            return new Place(shard, null, null, null);
        }

        static Place ofOriginal(Outcome.KeyReused reused) {
            return new Place(reused.shard(), null, null, reused.original());
        }

        private void write(JsonText json) {
            if (shard != null) {
                json.number("shard", shard);
            }
            if (offset != null) {
                json.number("offset", offset);
            }
            if (version != null) {
                json.number("version", version);
            }
            if (original != null) {
                json.number("originalOffset", original);
            }
        }
    }
}
