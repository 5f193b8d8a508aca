package io.mainstay.domain.ledger;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The assets of every tenant by number, so that a row holds the number: accounts of one number have one tenant and one code.
 * Of each, what of it left this shard's accounts for those of others, less what came.
 */
final class Assets {
    static final int NONE = -1;

    /** The scale of an asset that nobody has defined: accounts from before assets were defined may hold it. */
    static final int SCALE_UNKNOWN = -1;

    private Asset[] byNumber = new Asset[0];
    private final Map<Key, Integer> byKey = new HashMap<>();

    private record Key(String tenant, String code) {}

    /** One asset of one tenant. */
    static final class Asset {
        private final String tenant;
        private final String code;
        private int definedScale = SCALE_UNKNOWN;
        private long inFlightMinor;

        private Asset(Key key) {
            tenant = key.tenant;
            code = key.code;
        }

        String tenant() {
            return tenant;
        }

        String code() {
            return code;
        }

        /** The scale that the tenant has defined, or else that of ISO 4217, or else {@link #SCALE_UNKNOWN}. */
        int scale() {
            return definedScale == SCALE_UNKNOWN ? IsoCurrencies.scale(code) : definedScale;
        }

        boolean isDefined() {
            return definedScale != SCALE_UNKNOWN;
        }

        long inFlightMinor() {
            return inFlightMinor;
        }
    }

    int size() {
        return byNumber.length;
    }

    /** The number of an asset, which it gets if it has none. */
    int numberOf(String tenant, String code) {
        return byKey.computeIfAbsent(new Key(tenant, code), key -> {
            byNumber = Arrays.copyOf(byNumber, byNumber.length + 1);
            byNumber[byNumber.length - 1] = new Asset(key);
            return byNumber.length - 1;
        });
    }

    /** The number of an asset, or {@link #NONE}. */
    int find(String tenant, String code) {
        return byKey.getOrDefault(new Key(tenant, code), NONE);
    }

    Asset get(int number) {
        return byNumber[number];
    }

    /** As {@link Asset#scale}, also of an asset that has no number. */
    int scale(String tenant, String code) {
        int number = find(tenant, code);
        return number == NONE ? IsoCurrencies.scale(code) : get(number).scale();
    }

    boolean isDefined(String tenant, String code) {
        int number = find(tenant, code);
        return number != NONE && get(number).isDefined();
    }

    void define(String tenant, String code, int scale) {
        get(numberOf(tenant, code)).definedScale = scale;
    }

    /** Undoes {@link #define}. */
    void undefine(String tenant, String code) {
        get(numberOf(tenant, code)).definedScale = SCALE_UNKNOWN;
    }

    /** Counts what left the shard's accounts for others; negative for what came. */
    void leave(int number, long amountMinor) {
        get(number).inFlightMinor += amountMinor;
    }

    /** By tenant and code, so that the order does not tell which came first. */
    List<Asset> sorted() {
        return Arrays.stream(byNumber)
                .sorted(Comparator.comparing(Asset::tenant).thenComparing(Asset::code))
                .toList();
    }
}
