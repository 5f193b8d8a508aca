package io.mainstay.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some accounts, opened last first.
 *
 * @param next cursor of the page with older accounts; null on the last page
 */
public record AccountPage(
        List<ListedAccount> accounts, @Nullable String next) {
    public AccountPage {
        accounts = List.copyOf(accounts);
    }
}
