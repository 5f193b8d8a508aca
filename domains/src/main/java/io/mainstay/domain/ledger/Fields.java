package io.mainstay.domain.ledger;

/** Checks what commands are made of; {@link IllegalArgumentException} names the field and the value. */
final class Fields {
    static final int TENANT_LENGTH_MAX = 64;

    private Fields() {}

    /** Letters a to z, digits and hyphens, up to 64; empty for the tenant of those who name none. */
    static void checkTenant(String tenant) {
        boolean fits = tenant.length() <= TENANT_LENGTH_MAX;
        for (int index = 0; index < tenant.length() && fits; index++) {
            char each = tenant.charAt(index);
            fits = (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '-';
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "tenant '" + tenant + "' is not up to 64 letters from a to z, digits and hyphens");
        }
    }

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

    /** The text itself stays out of the message: it may be personal. */
    static void checkText(String name, String text, int lengthMin, int lengthMax) {
        if (text.length() < lengthMin || text.length() > lengthMax) {
            throw new IllegalArgumentException(
                    "%s has %d characters, %d to %d wanted".formatted(name, text.length(), lengthMin, lengthMax));
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
