package io.mainstay.domain.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random commands over shards connected by hand, against a plain model. After every step money is there once or on its way,
 * and every account within its limits; whenever nothing is on its way, every account is as the model has it.
 */
final class AcrossShardsInvariantsTest {
    private static final int STEPS = 3000;

    /** What becomes of accounts if every transfer is one thing. */
    private static final class Model {
        private final Map<UUID, long[]> accounts = new HashMap<>();
        private final Map<UUID, List<Leg>> posted = new HashMap<>();
        private final Map<UUID, List<Leg>> reserved = new HashMap<>();

        void post(UUID id, List<Leg> legs) {
            posted.put(id, legs);
            legs.forEach(leg -> of(leg)[0] += leg.amountMinor());
        }

        void reserve(UUID id, UUID from, UUID to, long amountMinor) {
            reserved.put(id, List.of(new Leg(from, -amountMinor), new Leg(to, amountMinor)));
            accounts.computeIfAbsent(from, fresh -> new long[3])[1] += amountMinor;
            accounts.computeIfAbsent(to, fresh -> new long[3])[2] += amountMinor;
        }

        void release(UUID id) {
            List<Leg> legs = requireNonNull(reserved.remove(id));
            of(legs.get(0))[1] += legs.get(0).amountMinor();
            of(legs.get(1))[2] -= legs.get(1).amountMinor();
        }

        void confirm(UUID id, long amountMinor) {
            List<Leg> legs = requireNonNull(reserved.get(id));
            long amount = amountMinor == ConfirmTransfer.ALL ? legs.get(1).amountMinor() : amountMinor;
            release(id);
            post(
                    id,
                    List.of(
                            new Leg(legs.get(0).account(), -amount),
                            new Leg(legs.get(1).account(), amount)));
        }

        void reverse(UUID id, UUID original) {
            post(
                    id,
                    requireNonNull(posted.get(original)).stream()
                            .map(Leg::reversed)
                            .toList());
        }

        private long[] of(Leg leg) {
            return accounts.computeIfAbsent(leg.account(), fresh -> new long[3]);
        }
    }

    private final Model model = new Model();
    private final List<UUID> accounts = new ArrayList<>();
    private final Map<UUID, Integer> homes = new HashMap<>();
    private final List<UUID> transfers = new ArrayList<>();
    private final Map<UUID, Integer> transferHomes = new HashMap<>();

    @ParameterizedTest
    @CsvSource({"1,1", "1,2", "2,3", "2,4", "2,5", "2,6", "3,7", "3,8", "3,9", "4,10", "4,11", "4,12"})
    void moneyIsThereOnceOrOnItsWay(int shards, long seed) {
        Random random = new Random(seed);
        ConnectedShards connected = new ConnectedShards(shards, random, this::note);
        for (int index = 0; index < 12; index++) {
            UUID id = new UUID(0, index);
            accounts.add(id);
            homes.put(id, index % shards);
            connected.open(
                    index % shards,
                    new AccountOpened(
                            "",
                            id,
                            "main",
                            "EUR",
                            index < 6 ? OpenAccount.UNLIMITED : -100,
                            index % 3 == 0 ? OpenAccount.UNLIMITED_MAX : 5000,
                            "",
                            Optional.empty()));
        }
        int accepted = 0;
        for (int step = 0; step < STEPS; step++) {
            UUID id = new UUID(seed, step);
            switch (random.nextInt(3)) {
                case 0 -> accepted += command(connected, random, id) ? 1 : 0;
                case 1 -> connected.deliver();
                default -> connected.pass(random.nextInt(2000));
            }
            check(connected, step % 10 == 0);
            if (step % 100 == 99) {
                while (connected.deliver()) {
                    check(connected, false);
                }
                compare(connected);
            }
        }
        assertThat(accepted).isGreaterThan(STEPS / 8);
        if (shards > 1) {
            assertThat(connected.refusals()).isPositive();
        }
        assertThat(model.posted.size()).isGreaterThan(100);
    }

    private boolean command(ConnectedShards connected, Random random, UUID id) {
        UUID from = accounts.get(random.nextInt(accounts.size()));
        UUID to = accounts.get(random.nextInt(accounts.size()));
        UUID known = transfers.isEmpty()
                ? id
                : transfers.get(transfers.size() - 1 - random.nextInt(Math.min(20, transfers.size())));
        long amount = random.nextLong(1, 300);
        LedgerCommand command = switch (random.nextInt(10)) {
            case 0, 1, 2 -> new PostTransfer(id, from, to, amount, "");
            case 3, 4 -> new ReserveTransfer("", id, from, to, amount, "", 1000 + random.nextInt(200_000));
            case 5 -> new ConfirmTransfer("", known, random.nextBoolean() ? ConfirmTransfer.ALL : amount);
            case 6 -> new CancelTransfer("", known);
            case 7 -> new ReverseTransfer("", id, known);
            case 8 -> new PostEntries("", id, legs(random), "");
            default -> random.nextInt(5) == 0 ? new FreezeAccount("", from, "") : new UnfreezeAccount("", from);
        };
        int shard = switch (command) {
            case ConfirmTransfer confirm -> transferHomes.getOrDefault(known, 0);
            case CancelTransfer cancel -> transferHomes.getOrDefault(known, 0);
            case ReverseTransfer reverse -> transferHomes.getOrDefault(known, 0);
            default -> homeOf(command.leading());
        };
        boolean isAccepted = connected.execute(shard, command, () -> done(command));
        if (isAccepted
                && (command instanceof PostTransfer
                        || command instanceof ReserveTransfer
                        || command instanceof ReverseTransfer
                        || command instanceof PostEntries)) {
            transfers.add(id);
            transferHomes.put(id, shard);
        }
        return isAccepted;
    }

    private int homeOf(UUID account) {
        return requireNonNull(homes.get(account));
    }

    private List<Leg> legs(Random random) {
        List<Leg> legs = new ArrayList<>();
        int count = 2 + random.nextInt(5);
        int first = random.nextInt(accounts.size());
        long sum = 0;
        for (int index = 0; index < count - 1; index++) {
            long amount = random.nextBoolean() ? random.nextLong(1, 100) : -random.nextLong(1, 100);
            sum += amount;
            legs.add(new Leg(accounts.get((first + index) % accounts.size()), amount));
        }
        legs.add(new Leg(accounts.get((first + count - 1) % accounts.size()), sum == 0 ? 1 : -sum));
        return legs;
    }

    /** A saga has come to a good end. */
    private void done(LedgerCommand command) {
        switch (command) {
            case PostTransfer post ->
                model.post(
                        post.id(),
                        List.of(new Leg(post.from(), -post.amountMinor()), new Leg(post.to(), post.amountMinor())));
            case ReserveTransfer reserve ->
                model.reserve(reserve.id(), reserve.from(), reserve.to(), reserve.amountMinor());
            case ConfirmTransfer confirm -> model.confirm(confirm.id(), confirm.amountMinor());
            case ReverseTransfer reverse -> model.reverse(reverse.id(), reverse.original());
            case PostEntries post -> model.post(post.id(), post.legs());
            default -> throw new AssertionError("no saga: " + command);
        }
    }

    /** Something has happened on one shard alone. */
    private void note(LedgerEvent event) {
        switch (event) {
            case TransferPosted posted ->
                model.post(
                        posted.id(),
                        List.of(
                                new Leg(posted.from(), -posted.amountMinor()),
                                new Leg(posted.to(), posted.amountMinor())));
            case EntriesPosted posted ->
                model.post(
                        posted.id(),
                        posted.entries().stream()
                                .map(entry -> new Leg(entry.account(), entry.balanceChangeMinor()))
                                .toList());
            case TransferReserved reserved ->
                model.reserve(reserved.id(), reserved.from(), reserved.to(), reserved.amountMinor());
            case TransferConfirmed confirmed -> model.confirm(confirmed.id(), confirmed.amountMinor());
            case TransferCancelled cancelled -> model.release(cancelled.id());
            case TransferExpired expired -> model.release(expired.id());
            default -> {}
        }
    }

    private void check(ConnectedShards connected, boolean restores) {
        long sum = 0;
        long inFlight = 0;
        for (LedgerState state : connected.states()) {
            for (UUID id : accounts) {
                AccountView account = state.account(id).orElse(null);
                if (account != null) {
                    sum += account.balanceMinor();
                    assertThat(account.availableMinor()).isGreaterThanOrEqualTo(account.minBalanceMinor());
                    assertThat(account.balanceMinor() + account.expectedMinor())
                            .isLessThanOrEqualTo(account.maxBalanceMinor());
                    assertThat(account.reservedMinor()).isNotNegative();
                    assertThat(account.expectedMinor()).isNotNegative();
                }
            }
            inFlight += state.inFlightMinor("", "EUR");
        }
        assertThat(sum).as("money is never there twice").isEqualTo(-inFlight).isNotPositive();
        if (restores) {
            for (int shard = 0; shard < connected.states().size(); shard++) {
                byte[] bytes = connected.snapshot(shard);
                assertThat(again(connected.states().get(shard))).isEqualTo(bytes);
            }
        }
    }

    /** The snapshot of a state restored from a snapshot. */
    private static byte[] again(LedgerState state) {
        LedgerState restored = new LedgerState();
        WireWriter chunk = new WireWriter(1024);
        LedgerStateCodec.INSTANCE.encode(state, chunk, () -> {
            LedgerStateCodec.INSTANCE.decode(restored, new WireReader(chunk.toByteArray()));
            chunk.clear();
        });
        WireWriter out = new WireWriter(1024);
        LedgerStateCodec.INSTANCE.encode(restored, out, () -> {});
        return out.toByteArray();
    }

    private void compare(ConnectedShards connected) {
        for (UUID id : accounts) {
            AccountView account = connected.states().get(homeOf(id)).account(id).orElseThrow();
            long[] expected = model.accounts.getOrDefault(id, new long[3]);
            assertThat(new long[] {account.balanceMinor(), account.reservedMinor(), account.expectedMinor()})
                    .as("account %s", id)
                    .isEqualTo(expected);
        }
    }
}
