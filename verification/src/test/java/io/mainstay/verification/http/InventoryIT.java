package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.verification.harness.Http;
import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.SharedServer;
import io.mainstay.verification.harness.TestServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A second domain, over HTTP and down to its tables, and orders that two domains carry out together. */
@ExtendWith(SharedServer.class)
class InventoryIT {
    private final Http http;
    private final Bank bank;

    InventoryIT(TestServer server) {
        http = server.http();
        bank = new Bank(server);
    }

    @Test
    void reservesStockAndShowsWhatBecameOfIt() throws Exception {
        UUID item = item();
        UUID warehouse = warehouse(Bank.LEDGER);
        receive(warehouse, item, 10);

        HttpAnswer reserved = reserve(warehouse, item, 7).hasStatus(201);
        String id = reserved.text("id");
        assertThat(reserved.header("Location")).isEqualTo("/v1/stock-reservations/" + id);
        reserve(warehouse, item, 4).isProblem(422, "stock-insufficient").blames("/lines/0/quantity");
        assertThat(stock(warehouse, item).number("available")).isEqualTo(3);
        http.post("/v1/stock-reservations/" + id + "/confirm", "{}").hasStatus(200);
        http.post("/v1/stock-reservations/" + id + "/cancel", "{}").isProblem(422, "reservation-closed");

        assertThat(stock(warehouse, item).number("onHand")).isEqualTo(3);
        HttpAnswer read = http.get("/v1/stock-reservations/" + id).hasStatus(200);
        assertThat(read.text("status")).isEqualTo("confirmed");
        assertThat(read.number("pieces")).isEqualTo(7);
        HttpAnswer listed =
                http.get("/v1/warehouses/" + warehouse + "/stock-reservations").hasStatus(200);
        assertThat(listed.json().getJsonArray("reservations")).hasSize(1);
        List<String> kinds = http
                .get("/v1/warehouses/" + warehouse + "/movements")
                .hasStatus(200)
                .json()
                .getJsonArray("movements")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(movement -> movement.getString("kind"))
                .toList();
        assertThat(kinds).containsExactly("confirmed", "reserved", "received");
    }

    @Test
    void findsStockAndTheWayToIt() throws Exception {
        UUID item = item();
        UUID shop = warehouse(Bank.LEDGER);
        UUID hub = warehouse(Bank.LEDGER);
        UUID works = warehouse(Bank.LEDGER);
        link(shop, hub, 30).hasStatus(200);
        link(hub, works, 600).hasStatus(200);
        link(works, shop, 1).isProblem(422, "supply-cycle").blames("/supplier");
        http.get("/v1/warehouses/" + shop + "/supply/" + item).isProblem(404, "supply-unknown");
        receive(works, item, 5);

        HttpAnswer supply =
                http.get("/v1/warehouses/" + shop + "/supply/" + item).hasStatus(200);
        assertThat(supply.number("leadMinutes")).isEqualTo(630);
        assertThat(supply.json().getJsonArray("stops").getValuesAs(JsonObject.class))
                .extracting(stop -> stop.getString("warehouse"))
                .containsExactly(works.toString(), hub.toString(), shop.toString());
        JsonObject only = http.get("/v1/items/" + item + "/stock")
                .hasStatus(200)
                .json()
                .getJsonArray("stock")
                .getValuesAs(JsonObject.class)
                .get(0);
        assertThat(only.getString("warehouse")).isEqualTo(works.toString());
    }

    @Test
    void anOrderOnOneShardTakesAndPaysAtOnce() throws Exception {
        UUID warehouse = warehouse(Bank.LEDGER);
        UUID shop = bank.wallet();
        assertThat(shardOf(warehouse)).isEqualTo(bank.account(shop).number("shard"));
        orderAndRefuse(warehouse, customer(Bank.LEDGER), shop);
    }

    @Test
    void anOrderOverTwoShardsTakesAndPaysOrDoesNeither() throws Exception {
        UUID shop = bank.wallet();
        orderAndRefuse(warehouse(elsewhere()), customer(Bank.LEDGER), shop);
        orderAndRefuse(warehouse(Bank.LEDGER), customer(elsewhere()), shop);
    }

    @Test
    void movesStockToAnotherShard() throws Exception {
        UUID item = item();
        UUID here = warehouse(Bank.LEDGER);
        UUID there = warehouse(elsewhere());
        receive(here, item, 10);
        receive(there, item, 1);

        HttpAnswer moved = move(here, there, item, 4).hasStatus(200);
        move(here, there, item, 7).isProblem(422, "stock-insufficient");

        assertThat(stock(here, item).number("onHand")).isEqualTo(6);
        assertThat(stock(there, item).number("onHand")).isEqualTo(5);
        HttpAnswer read = http.get("/v1/stock-moves/" + moved.text("id")).hasStatus(200);
        assertThat(read.number("quantity")).isEqualTo(4);
        assertThat(read.text("status")).isIn("sending", "delivered");
    }

    private void orderAndRefuse(UUID warehouse, UUID customer, UUID shop) throws Exception {
        UUID item = item();
        receive(warehouse, item, 10);
        long earned = bank.account(shop).number("balanceMinor");

        HttpAnswer placed = order(warehouse, customer, shop, item, 4, 100).hasStatus(201);
        assertThat(placed.number("amountMinor")).isEqualTo(400);
        order(warehouse, customer, shop, item, 7, 1).isProblem(422, "stock-insufficient");
        order(warehouse, customer, shop, item, 6, 101).isProblem(422, "funds-insufficient");

        assertThat(stock(warehouse, item).number("onHand")).isEqualTo(6);
        assertThat(stock(warehouse, item).number("reserved")).isZero();
        assertThat(bank.account(customer).number("balanceMinor")).isEqualTo(600);
        assertThat(bank.account(shop).number("balanceMinor")).isEqualTo(earned + 400);
        HttpAnswer read = http.get("/v1/orders/" + placed.text("id")).hasStatus(200);
        assertThat(read.text("status")).isEqualTo("shipped");
        assertThat(read.text("payment")).isEqualTo(placed.text("payment"));
        assertThat(read.number("amountMinor")).isEqualTo(400);
    }

    /** With 1000 to spend. */
    private UUID customer(String ledger) throws Exception {
        UUID account = bank.open(ledger, "EUR", "0");
        bank.transfer(bank.open(ledger, "EUR", "null"), account, 1000).hasStatus(201);
        return account;
    }

    /** A name that leads to another shard than the bank's. */
    private String elsewhere() throws IOException, InterruptedException {
        long here = bank.account(bank.wallet()).number("shard");
        for (int number = 0; ; number++) {
            String name = "elsewhere-" + number;
            if (bank.account(bank.open(name, "EUR", "0")).number("shard") != here) {
                return name;
            }
        }
    }

    private UUID warehouse(String site) throws IOException, InterruptedException {
        return UUID.fromString(http.post("/v1/warehouses", "{\"site\":\"%s\",\"name\":\"Test\"}".formatted(site))
                .hasStatus(201)
                .text("id"));
    }

    private UUID item() throws IOException, InterruptedException {
        return UUID.fromString(
                http.post("/v1/items", "{\"sku\":\"CUP\"}").hasStatus(201).text("id"));
    }

    /** The warehouse's shard may come to know the item a moment later. */
    private void receive(UUID warehouse, UUID item, long quantity) throws IOException, InterruptedException {
        HttpAnswer answer;
        int left = 1000;
        do {
            answer = http.post(
                    "/v1/warehouses/" + warehouse + "/receipts",
                    "{\"item\":\"%s\",\"quantity\":%d}".formatted(item, quantity));
        } while (answer.status() == 404 && left-- > 0);
        answer.hasStatus(200);
    }

    private HttpAnswer link(UUID warehouse, UUID supplier, long minutes) throws IOException, InterruptedException {
        return http.post(
                "/v1/warehouses/" + warehouse + "/suppliers",
                "{\"supplier\":\"%s\",\"leadMinutes\":%d}".formatted(supplier, minutes));
    }

    private HttpAnswer reserve(UUID warehouse, UUID item, long quantity) throws IOException, InterruptedException {
        return http.post(
                "/v1/stock-reservations",
                "{\"warehouse\":\"%s\",\"lines\":[{\"item\":\"%s\",\"quantity\":%d}]}"
                        .formatted(warehouse, item, quantity));
    }

    private HttpAnswer move(UUID from, UUID to, UUID item, long quantity) throws IOException, InterruptedException {
        return http.post(
                "/v1/stock-moves",
                "{\"from\":\"%s\",\"to\":\"%s\",\"item\":\"%s\",\"quantity\":%d}".formatted(from, to, item, quantity));
    }

    private HttpAnswer order(UUID warehouse, UUID customer, UUID shop, UUID item, long quantity, long price)
            throws IOException, InterruptedException {
        return http.post(
                "/v1/orders",
                ("{\"warehouse\":\"%s\",\"customer\":\"%s\",\"shop\":\"%s\",\"asset\":\"EUR\","
                                + "\"lines\":[{\"item\":\"%s\",\"quantity\":%d,\"unitPriceMinor\":%d}]}")
                        .formatted(warehouse, customer, shop, item, quantity, price));
    }

    private HttpAnswer stock(UUID warehouse, UUID item) throws IOException, InterruptedException {
        return http.get("/v1/warehouses/" + warehouse + "/stock/" + item).hasStatus(200);
    }

    private long shardOf(UUID warehouse) throws IOException, InterruptedException {
        return http.get("/v1/warehouses/" + warehouse).hasStatus(200).number("shard");
    }
}
