package io.mainstay.core.projection;

/**
 * How a transaction tells the database on whose behalf it reads: by a setting that the policies of the tables look at.
 *
 * <p>The value has a mark before the tenant's name. PostgreSQL gives a setting back empty after a transaction has set it, and
 * the name of the default tenant is empty too: without the mark a transaction that names nobody would see that one's rows.
 */
public final class TenantSetting {
    public static final String NAME = "mainstay.tenant";

    /** What is true of the rows of the tenant that the transaction has named; as a query of its own it is asked once. */
    public static final String CONDITION =
            "tenant = (SELECT substr(nullif(current_setting('" + NAME + "', true), ''), 2))";

    private static final String MARK = "=";

    private TenantSetting() {}

    /** The value that names a tenant. */
    public static String value(String tenant) {
        return MARK + tenant;
    }
}
