package io.mainstay.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.domain.Event;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.route.Directory;
import io.mainstay.core.route.ShardRouter;
import io.mainstay.domain.ledger.EntriesPosted;
import io.mainstay.domain.ledger.FreezeAccount;
import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders pay with one domain and take stock from another, over real shards: both or neither, and nothing is lost. */
final class OrdersTest {
    private static final String ACME = "acme";
    private static final int SHARDS = 3;
    private static final UUID CUP = new UUID(2, 1);
    private static final long PIECES = 100;
    private static final long MONEY = 10_000;

    private final InMemoryShards shards = new InMemoryShards(SHARDS);

    /** A name that leads to each shard. */
    private final List<String> names =
            IntStream.range(0, SHARDS).mapToObj(OrdersTest::nameOn).toList();

    OrdersTest() {
        shards.accept(new AddItem(ACME, CUP, "CUP"));
        for (int shard = 0; shard < SHARDS; shard++) {
            shards.accept(new AddWarehouse(ACME, warehouse(shard), names.get(shard), ""));
            shards.accept(new ReceiveStock(ACME, warehouse(shard), new Line(CUP, PIECES), ""));
            open(bank(shard), shard, OpenAccount.UNLIMITED);
            open(customer(shard), shard, 0);
            open(shop(shard), shard, 0);
            shards.accept(new PostTransfer(ACME, new UUID(6, shard), bank(shard), customer(shard), MONEY, ""));
        }
    }

    @Test
    void oneShardDoesItInOneTransaction() {
        Outcome outcome = shards.submit(order(1, 0, 0, 0, 4, 250));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.events())
                                .<Class<?>>extracting(Event::getClass)
                                .containsExactly(OrderPlaced.class, EntriesPosted.class, AllocationClosed.class));
        assertThat(onHand(0)).isEqualTo(96);
        assertThat(balance(customer(0))).isEqualTo(9000);
        assertThat(balance(shop(0))).isEqualTo(1000);
        expectNothingLost();
    }

    @ParameterizedTest
    @CsvSource({"0,0,1", "0,1,0", "0,1,1", "0,1,2", "1,0,2"})
    void severalShardsDoItBySaga(int warehouse, int customer, int shop) {
        assertThat(shards.submit(order(1, warehouse, customer, shop, 4, 250))).isInstanceOf(Outcome.Accepted.class);
        assertThat(onHand(warehouse)).isEqualTo(96);
        assertThat(balance(customer(customer))).isEqualTo(9000);
        assertThat(balance(shop(shop))).isEqualTo(1000);
        assertThat(shards.<AllocationStage>read(
                        warehouse, state -> state.of(InventoryState.class).stage(new UUID(3, 1))))
                .isEqualTo(AllocationStage.SHIPPED);
        expectNothingLost();
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "0,0,1", "0,1,0", "0,1,1", "0,1,2"})
    void nothingHappensWithoutStockOrMoney(int warehouse, int customer, int shop) {
        shards.refuse(order(1, warehouse, customer, shop, 101, 1), "stock-insufficient");
        shards.refuse(order(2, warehouse, customer, shop, 1, MONEY + 1), "funds-insufficient");
        shards.accept(new FreezeAccount(ACME, shop(shop), "court"));
        shards.refuse(order(3, warehouse, customer, shop, 1, 1), "account-frozen");
        assertThat(onHand(warehouse)).isEqualTo(100);
        assertThat(reserved(warehouse)).isZero();
        assertThat(balance(customer(customer))).isEqualTo(MONEY);
        expectNothingLost();
    }

    @Test
    void refusesAccountsThatAreNotThere() {
        shards.refuse(
                new PlaceOrder(
                        ACME,
                        new UUID(3, 1),
                        new UUID(4, 1),
                        warehouse(0),
                        new UUID(99, 1),
                        shop(1),
                        "EUR",
                        List.of(new OrderLine(CUP, 1, 1))),
                "account-unknown");
        shards.refuse(
                new PlaceOrder(
                        ACME,
                        new UUID(3, 2),
                        new UUID(4, 2),
                        warehouse(0),
                        customer(0),
                        shop(1),
                        "USD",
                        List.of(new OrderLine(CUP, 1, 1))),
                "asset-mismatch");
        expectNothingLost();
    }

    @Test
    void movesBetweenShards() {
        shards.accept(new MoveStock(ACME, new UUID(8, 1), warehouse(0), warehouse(1), new Line(CUP, 30)));
        assertThat(onHand(0)).isEqualTo(70);
        assertThat(onHand(1)).isEqualTo(130);
        shards.refuse(
                new MoveStock(ACME, new UUID(8, 2), warehouse(0), warehouse(1), new Line(CUP, 71)),
                "stock-insufficient");
        shards.refuse(new MoveStock(ACME, new UUID(8, 1), warehouse(1), warehouse(2), new Line(CUP, 1)), "move-exists");
        assertThat(onHand(1)).isEqualTo(130);
        expectNothingLost();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void nothingIsLostByLossesAndCrashes(long seed) {
        Random random = new Random(seed);
        shards.lose(20);
        List<List<Outcome>> answers = new ArrayList<>();
        List<PlaceOrder> orders = new ArrayList<>();
        for (int round = 0; round < 60; round++) {
            int warehouse = random.nextInt(SHARDS);
            int other = (warehouse + 1 + random.nextInt(SHARDS - 1)) % SHARDS;
            if (random.nextInt(3) == 0) {
                answers.add(shards.begin(new MoveStock(
                        ACME,
                        new UUID(8, round),
                        warehouse(warehouse),
                        warehouse(other),
                        new Line(CUP, 1 + random.nextInt(40)))));
            } else {
                PlaceOrder order = order(
                        round,
                        warehouse,
                        random.nextInt(SHARDS),
                        random.nextInt(SHARDS),
                        1 + random.nextInt(10),
                        1 + random.nextInt(300));
                orders.add(order);
                answers.add(shards.begin(order));
            }
            for (int polls = random.nextInt(12); polls > 0; polls--) {
                shards.poll(random.nextInt(SHARDS));
            }
            if (random.nextInt(15) == 0) {
                shards.crash();
            }
        }
        shards.settle();
        assertThat(answers)
                .anySatisfy(answer -> assertThat(answer)
                        .hasOnlyElementsOfType(Outcome.Accepted.class)
                        .isNotEmpty());
        expectPaidIsShipped(orders);
        for (int shard = 0; shard < SHARDS; shard++) {
            assertThat(reserved(shard)).isZero();
        }
        expectNothingLost();
        shards.expectReplaysAreEqual();
    }

    /** The shops have been paid for what has left, and for nothing else. */
    private void expectPaidIsShipped(List<PlaceOrder> orders) {
        long paid = 0;
        long due = 0;
        for (int shard = 0; shard < SHARDS; shard++) {
            paid += balance(shop(shard));
            for (PlaceOrder order : orders) {
                AllocationStage stage = shards.<Optional<AllocationStage>>read(
                                shard,
                                state -> Optional.ofNullable(
                                        state.of(InventoryState.class).stage(order.id())))
                        .orElse(AllocationStage.MOVED);
                due += stage == AllocationStage.SHIPPED ? order.amountMinor().longValueExact() : 0;
            }
        }
        assertThat(paid).isEqualTo(due).isPositive();
    }

    /** The sums over all shards are what came in. */
    private void expectNothingLost() {
        long pieces = 0;
        long shipped = 0;
        long inFlight = 0;
        long money = 0;
        for (int shard = 0; shard < SHARDS; shard++) {
            pieces += onHand(shard);
            shipped += total(shard, Flow.SHIPPED);
            inFlight += total(shard, Flow.SENT) - total(shard, Flow.ARRIVED);
            money += balance(bank(shard)) + balance(customer(shard)) + balance(shop(shard));
        }
        assertThat(inFlight).isZero();
        assertThat(pieces + shipped).isEqualTo(SHARDS * PIECES);
        assertThat(money).isZero();
    }

    private void open(UUID account, int shard, long minBalanceMinor) {
        shards.accept(new OpenAccount(
                ACME,
                account,
                names.get(shard),
                "EUR",
                minBalanceMinor,
                OpenAccount.UNLIMITED_MAX,
                "",
                Optional.empty()));
    }

    private static PlaceOrder order(
            int number, int warehouse, int customer, int shop, long quantity, long unitPriceMinor) {
        return new PlaceOrder(
                ACME,
                new UUID(3, number),
                new UUID(4, number),
                warehouse(warehouse),
                customer(customer),
                shop(shop),
                "EUR",
                List.of(new OrderLine(CUP, quantity, unitPriceMinor)));
    }

    private long onHand(int shard) {
        return shards.read(
                shard,
                state -> state.of(InventoryState.class)
                        .stock(ACME, warehouse(shard), CUP)
                        .orElseThrow()
                        .onHand());
    }

    private long reserved(int shard) {
        return shards.read(
                shard,
                state -> state.of(InventoryState.class)
                        .stock(ACME, warehouse(shard), CUP)
                        .orElseThrow()
                        .reserved());
    }

    private long total(int shard, Flow flow) {
        return shards.read(shard, state -> state.of(InventoryState.class).total(CUP, flow));
    }

    private long balance(UUID account) {
        for (int shard = 0; shard < SHARDS; shard++) {
            Optional<LedgerState.AccountView> view =
                    shards.read(shard, state -> state.of(LedgerState.class).account(account));
            if (view.isPresent()) {
                return view.get().balanceMinor();
            }
        }
        throw new AssertionError("no account " + account);
    }

    private static String nameOn(int shard) {
        ShardRouter router = new ShardRouter(SHARDS, new Directory());
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> "site-" + number)
                .filter(name -> router.shardOf(ACME + "/" + name) == shard)
                .findFirst()
                .orElseThrow();
    }

    private static UUID warehouse(int shard) {
        return new UUID(1, shard);
    }

    private static UUID bank(int shard) {
        return new UUID(5, shard);
    }

    private static UUID customer(int shard) {
        return new UUID(5, 10 + shard);
    }

    private static UUID shop(int shard) {
        return new UUID(5, 20 + shard);
    }
}
