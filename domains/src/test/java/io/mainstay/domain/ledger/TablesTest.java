package io.mainstay.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The ledger's tables of primitives: growing, forgetting, and taking back. */
final class TablesTest {
    @Test
    void accountsAreFoundWhileTheTableGrowsOverPages() {
        AccountTable table = new AccountTable();
        Random random = new Random(1);
        List<UUID> ids = new ArrayList<>();
        for (int row = 0; row < 200_000; row++) {
            UUID id = row % 2 == 0 ? new UUID(random.nextLong(), random.nextLong()) : new UUID(0, row);
            ids.add(id);
            table.add(id, row % 7, row % 5, row % 3);
            table.setAmounts(row, row, row + 1L, row + 2L);
            table.setVersion(row, row + 3L);
        }
        for (int row = 0; row < 200_000; row++) {
            assertThat(table.find(ids.get(row))).isEqualTo(row);
            assertThat(table.balanceMinor(row)).isEqualTo(row);
            assertThat(table.reservedMinor(row)).isEqualTo(row + 1L);
            assertThat(table.expectedMinor(row)).isEqualTo(row + 2L);
            assertThat(table.version(row)).isEqualTo(row + 3L);
            assertThat(table.ledger(row)).isEqualTo(row % 7);
            assertThat(table.asset(row)).isEqualTo(row % 5);
            assertThat(table.limits(row)).isEqualTo(row % 3);
        }
        for (int row = 199_999; row >= 100; row--) {
            table.removeLast(ids.get(row));
        }
        assertThat(table.size()).isEqualTo(100);
        for (int row = 0; row < 1000; row++) {
            assertThat(table.find(ids.get(row))).isEqualTo(row < 100 ? row : AccountTable.NONE);
        }
    }

    @Test
    void changesOfOneFieldLeaveTheOthers() {
        AccountTable table = new AccountTable();
        table.add(new UUID(0, 1), 11, 22, 33);
        table.setStatus(0, AccountStatus.FROZEN);
        table.setLimits(0, 44);
        assertThat(table.status(0)).isEqualTo(AccountStatus.FROZEN);
        assertThat(table.ledger(0)).isEqualTo(11);
        assertThat(table.asset(0)).isEqualTo(22);
        assertThat(table.limits(0)).isEqualTo(44);
    }

    @Test
    void limitsThatNobodyHasGiveTheirNumberAway() {
        LimitTable limits = new LimitTable();
        int none = limits.acquire(OpenAccount.UNLIMITED, OpenAccount.UNLIMITED_MAX);
        for (int round = 0; round < 10_000; round++) {
            int number = limits.acquire(-round, round);
            assertThat(number).isLessThan(3);
            assertThat(limits.minMinor(number)).isEqualTo(-round);
            assertThat(limits.maxMinor(number)).isEqualTo(round);
            assertThat(limits.acquire(-round, round)).isEqualTo(number);
            limits.release(number);
            limits.release(number);
        }
        assertThat(limits.minMinor(none)).isEqualTo(OpenAccount.UNLIMITED);
        for (int distinct = 0; distinct < 100; distinct++) {
            assertThat(limits.maxMinor(limits.acquire(0, distinct))).isEqualTo(distinct);
        }
    }

    @Test
    void takingATransferBackBringsBackTheOneThatWentForIt() {
        TransferTable table = new TransferTable(24);
        for (int number = 0; number < 3000; number++) {
            add(table, number);
            List<String> before = all(table);
            assertThat(before).hasSize(Math.min(number + 1, 24));
            for (int undone = 1; undone <= 300; undone++) {
                add(table, 10_000 + undone);
            }
            for (int undone = 300; undone >= 1; undone--) {
                table.removeNewest(id(10_000 + undone));
            }
            assertThat(all(table)).isEqualTo(before);
            assertThat(table.find(id(10_001))).isEqualTo(TransferTable.NONE);
        }
    }

    @Test
    void transfersKeepWhatIsKnownOfThemWhileTheTableGrows() {
        TransferTable table = new TransferTable(100_000);
        for (int number = 0; number < 50_000; number++) {
            add(table, number);
        }
        List<String> all = all(table);
        assertThat(all).hasSize(50_000);
        for (int number = 0; number < 50_000; number++) {
            assertThat(all.get(number)).isEqualTo(text(number));
        }
        table.mark(id(3), TransferStage.REVERSED);
        table.mark(id(60_000), TransferStage.REVERSED);
        assertThat(table.stage(table.find(id(3)))).isEqualTo(TransferStage.REVERSED);
    }

    @Test
    void theOldestLegsAreForgotten() {
        LegRing legs = new LegRing(100);
        for (int number = 0; number < 1000; number++) {
            legs.add(id(number), number, -number - 1L, number % 2 == 0 ? LegRing.HERE : number);
            assertThat(legs.holds(number)).isTrue();
        }
        assertThat(legs.holds(899)).isFalse();
        assertThat(legs.holds(900)).isTrue();
        for (int number = 900; number < 1000; number++) {
            assertThat(legs.account(number)).isEqualTo(id(number));
            assertThat(legs.amountMinor(number)).isEqualTo(-number - 1L);
            assertThat(legs.asset(number)).isEqualTo(number);
            assertThat(legs.shard(number)).isEqualTo(number % 2 == 0 ? LegRing.HERE : number);
        }
        legs.removeNewest(50);
        assertThat(legs.next()).isEqualTo(950);
        assertThat(legs.holds(850)).isTrue();
    }

    private static void add(TransferTable table, int number) {
        switch (number % 3) {
            case 0 -> table.add(id(number), TransferStage.POSTED, number, number + 1, number + 2L);
            case 1 -> {
                table.legs().add(id(number), 0, number + 1L, LegRing.HERE);
                table.legs().add(id(number + 1), 0, -number - 1L, 2);
                table.addWithLegs(id(number), TransferStage.CANCELLED, 2);
            }
            default -> table.addBare(id(number), TransferStage.VISITED);
        }
    }

    private static List<String> all(TransferTable table) {
        List<String> all = new ArrayList<>();
        for (long position = table.oldest(); position < table.next(); position++) {
            String known;
            if (table.hasRows(position)) {
                known = table.fromRow(position) + " " + table.toRow(position) + " " + table.amountMinor(position);
            } else if (table.legCount(position) > 0) {
                long first = table.firstLeg(position);
                known = table.legs().account(first) + " " + table.legs().amountMinor(first + 1);
            } else {
                known = "bare";
            }
            all.add(table.id(position) + " " + table.stage(position) + " " + known);
        }
        return all;
    }

    private static String text(int number) {
        String rest = switch (number % 3) {
            case 0 -> "POSTED " + number + " " + (number + 1) + " " + (number + 2);
            case 1 -> "CANCELLED " + id(number) + " " + (-number - 1);
            default -> "VISITED bare";
        };
        return id(number) + " " + rest;
    }

    private static UUID id(int number) {
        return new UUID(number * 31L, number);
    }
}
