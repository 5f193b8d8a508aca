package io.mainstay.domain.ledger;

/** Checks what commands are made of; {@link IllegalArgumentException} names the field and the value. */
final class Fields {
    private Fields() {}

    static void checkAsset(String asset) {
        boolean fits = asset.length() >= 3 && asset.length() <= 12;
        for (int index = 0; index < asset.length() && fits; index++) {
            char each = asset.charAt(index);
            fits = (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9');
        }
        if (!fits) {
            throw new IllegalArgumentException("asset '" + asset + "' is not 3 to 12 capital letters or digits");
        }
    }

    static void checkAmount(long amountMinor) {
        if (amountMinor < 1) {
            throw new IllegalArgumentException("amountMinor is " + amountMinor + ", at least 1 wanted");
        }
    }

    /** What decides the shard of a tenant's ledger. */
    static String shardKey(String tenant, String ledger) {
        return tenant.isEmpty() ? ledger : tenant + "/" + ledger;
    }
}
