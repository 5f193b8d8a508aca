package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Operation;
import io.mainstay.core.access.Read;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.projection.ColumnType;
import io.mainstay.core.projection.Table;
import io.mainstay.testkit.DirtyTexts;
import io.mainstay.verification.harness.Http;
import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.SharedServer;
import io.mainstay.verification.harness.TestServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every text that a request of a domain may state, over HTTP and down to the rows: stored and returned as given, or refused with
 * 400. What texts there are the domains' descriptors say; requests are made of their examples.
 */
@ExtendWith(SharedServer.class)
class DirtyDataIT {
    private static final Domains DOMAINS = Domains.load(DirtyDataIT.class.getClassLoader());
    private static final List<String> PARAMETERS = List.of("cursor", "limit", "from", "to", "after", "at", "asOf");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PIECES = 100_000;
    private static final AtomicBoolean PREPARED = new AtomicBoolean();

    private final TestServer server;
    private final Http http;
    private final Bank bank;

    DirtyDataIT(TestServer server) {
        this.server = server;
        this.http = server.http();
        this.bank = new Bank(server);
    }

    /** A text of an operation's body. */
    record Text(Operation<?> operation, Field<?> field, FieldType.Text type) {
        @Override
        public String toString() {
            return operation.endpoint().name() + " " + field.name();
        }
    }

    static Stream<Text> freeTexts() {
        return texts().filter(text -> text.type().pattern().isEmpty());
    }

    static Stream<Text> patternTexts() {
        return texts().filter(text -> text.type().pattern().isPresent());
    }

    static Stream<Endpoint> reads() {
        return DOMAINS.all().stream()
                .<Read<?>>flatMap(domain -> domain.access().reads().stream())
                .map(Read::endpoint);
    }

    /** What the examples of the other requests speak of; there already if another of these tests was before. */
    @BeforeEach
    void prepare() throws Exception {
        if (PREPARED.getAndSet(true)) {
            return;
        }
        for (Object id : List.of(example("open-account", "id"), example("rename-account", "id"))) {
            http.post(
                            "/v1/accounts",
                            "{\"id\":\"%s\",\"ledger\":\"main\",\"asset\":\"EUR\",\"minBalanceMinor\":null}"
                                    .formatted(id))
                    .hasStatus(201);
        }
        http.post("/v1/warehouses", "{\"id\":\"%s\"}".formatted(example("receive-stock", "id")))
                .hasStatus(201);
        http.post("/v1/items", "{\"id\":\"%s\",\"sku\":\"prepared\"}".formatted(example("receive-stock", "item")))
                .hasStatus(201);
        String receipts = "/v1/warehouses/" + example("receive-stock", "id") + "/receipts";
        String received = "{\"item\":\"%s\",\"quantity\":%d}".formatted(example("receive-stock", "item"), PIECES);
        // Under a new key each time: that its shard did not know the item yet is an answer for good.
        await().pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .until(() -> http.post(receipts, received).status() == 200);
    }

    @ParameterizedTest
    @MethodSource("freeTexts")
    void storesAndReturnsTextsAsGiven(Text text) throws Exception {
        List<String> all =
                DirtyTexts.storable(text.type().lengthMin(), text.type().lengthMax());
        String mark = "~" + text + "~";
        List<String> marked = all.stream()
                .map(dirty -> mark + dirty)
                .filter(dirty -> dirty.length() <= text.type().lengthMax())
                .toList();
        assertThat(marked).as("texts that are found again for sure").hasSizeGreaterThan(5);
        for (String dirty : Stream.concat(all.stream(), marked.stream()).toList()) {
            HttpAnswer answer = send(text, Json.createValue(dirty).toString());
            assertThat(answer.status()).as(() -> answer.body()).isIn(200, 201);
            returns(answer, text.field().name(), dirty);
        }
        for (String dirty : Stream.concat(all.stream(), marked.stream()).toList()) {
            await().pollDelay(Duration.ZERO)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(rowsWith(text, dirty))
                            .as("rows with %s", DirtyTexts.json(dirty))
                            .isPositive());
        }
    }

    @ParameterizedTest
    @MethodSource("freeTexts")
    void refusesTextsThatCannotBeStored(Text text) throws Exception {
        for (String dirty :
                DirtyTexts.refused(text.type().lengthMin(), text.type().lengthMax())) {
            send(text, DirtyTexts.json(dirty))
                    .isProblem(400, "field-invalid")
                    .blames("/" + text.field().name());
        }
    }

    @ParameterizedTest
    @MethodSource("patternTexts")
    void refusesWhatDoesNotMatch(Text text) throws Exception {
        for (String dirty : DirtyTexts.storable(0, 100)) {
            if (!text.type().pattern().orElseThrow().matcher(dirty).matches()) {
                send(text, DirtyTexts.json(dirty))
                        .isProblem(400, "field-invalid")
                        .blames("/" + text.field().name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("reads")
    void refusesParametersThatAreNone(Endpoint read) throws Exception {
        for (String parameter : PARAMETERS) {
            for (String dirty : DirtyTexts.storable(0, 100)) {
                HttpAnswer answer = http.get(path(read) + "?" + parameter + "=" + encoded(dirty));
                assertThat(answer.status()).as(parameter + "=" + dirty).isIn(200, 400, 404);
                if (answer.status() == 400) {
                    answer.isProblem(400, "field-invalid").blames("/" + parameter);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("reads")
    void takesTextsOfAPathAsTheyAre(Endpoint read) throws Exception {
        for (Field<?> field : read.fields().all()) {
            if (field.type() instanceof FieldType.Text type) {
                for (String dirty : DirtyTexts.storable(type.lengthMin(), type.lengthMax())) {
                    HttpAnswer answer = http.get(path(read, Map.of(field.name(), dirty)));
                    assertThat(answer.status())
                            .as(dirty)
                            .isIn(
                                    dirty.chars().anyMatch(DirtyDataIT::isSpecialInPaths)
                                            ? List.of(200, 400, 404)
                                            : List.of(200));
                }
            }
        }
    }

    private static Stream<Text> texts() {
        return DOMAINS.all().stream()
                .<Operation<?>>flatMap(domain -> domain.access().operations().stream())
                .flatMap(operation -> operation.body().all().stream()
                        .filter(field -> field.type() instanceof FieldType.Text)
                        .map(field -> new Text(operation, field, (FieldType.Text) field.type())));
    }

    /** Sends an operation with its examples, and with this value of its text; what is made gets an id of its own. */
    private HttpAnswer send(Text text, String json) throws IOException, InterruptedException {
        Operation<?> operation = text.operation();
        JsonObjectBuilder body = Json.createObjectBuilder();
        for (Field<?> field : operation.body().all()) {
            if (field != text.field() && field.isRequired()) {
                body.add(field.name(), value(field.example()));
            }
        }
        String others = body.build().toString();
        String complete = others.substring(0, others.length() - 1) + (others.length() > 2 ? "," : "") + "\""
                + text.field().name() + "\":" + json + "}";
        Endpoint endpoint = operation.endpoint();
        return http.send(
                endpoint.method(),
                path(endpoint, fresh(endpoint)),
                complete,
                Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    }

    /** What is changed is a new one each time: an account can be frozen but once, and a name takes the place of another. */
    private Map<String, String> fresh(Endpoint endpoint) throws IOException, InterruptedException {
        if (endpoint.path().startsWith("/accounts/")) {
            return Map.of("id", bank.open("main", "EUR", "null").toString());
        }
        if (endpoint.path().startsWith("/parties/")) {
            UUID id = UUID.randomUUID();
            http.post("/v1/parties", "{\"id\":\"%s\",\"name\":\"Ada\"}".formatted(id))
                    .hasStatus(201);
            return Map.of("id", id.toString());
        }
        return Map.of();
    }

    /** An answer that tells the text tells it as it was given; an empty one is told as null. */
    private static void returns(HttpAnswer answer, String name, String dirty) {
        JsonObject json = answer.json();
        if (json.containsKey(name)) {
            JsonValue told = json.get(name);
            assertThat(told instanceof JsonString text ? text.getString() : "").isEqualTo(dirty);
        }
    }

    /** Rows of the operation's domain with exactly this text in some column. */
    private long rowsWith(Text text, String dirty) throws SQLException {
        Domain<?, ?, ?> domain = DOMAINS.all().stream()
                .filter(owner -> owner.access().operations().contains(text.operation()))
                .findFirst()
                .orElseThrow();
        List<String> counts = new ArrayList<>();
        for (Table table : domain.projection().tables()) {
            table.columns().stream()
                    .filter(column -> column.type().equals(ColumnType.TEXT))
                    .forEach(column ->
                            counts.add("(select count(*) from " + table.name() + " where " + column.name() + " = ?)"));
        }
        try (Connection database = server.database();
                PreparedStatement query =
                        database.prepareStatement(counts.stream().collect(Collectors.joining(" + ", "select ", "")))) {
            for (int index = 1; index <= counts.size(); index++) {
                query.setString(index, dirty);
            }
            try (ResultSet count = query.executeQuery()) {
                count.next();
                return count.getLong(1);
            }
        }
    }

    private static String path(Endpoint endpoint) {
        return path(endpoint, Map.of());
    }

    /** A path with the examples of its fields, but for these values. */
    private static String path(Endpoint endpoint, Map<String, String> values) {
        String path = "/v1" + endpoint.path();
        for (Field<?> field : endpoint.fields().all()) {
            String value = values.getOrDefault(field.name(), field.example().toString());
            path = path.replace("{" + field.name() + "}", encoded(value));
        }
        return path;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A server may take these for a part of the path's own syntax, even if they are encoded, and then refuses. */
    private static boolean isSpecialInPaths(int character) {
        return character < ' ' || "/\\;%".indexOf(character) >= 0 || (character >= 0x7F && character < 0xA0);
    }

    private static Object example(String operation, String field) {
        Operation<?> found = DOMAINS.all().stream()
                .<Operation<?>>flatMap(domain -> domain.access().operations().stream())
                .filter(each -> each.endpoint().name().equals(operation))
                .findFirst()
                .orElseThrow();
        Fields path = found.endpoint().fields();
        Fields fields = path.indexOf(field) == Fields.NONE ? found.body() : path;
        return fields.at(fields.indexOf(field)).example();
    }

    private static JsonValue value(Object example) {
        return switch (example) {
            case Long number -> Json.createValue(number);
            case Integer number -> Json.createValue(number);
            case Boolean truth -> truth ? JsonValue.TRUE : JsonValue.FALSE;
            case List<?> list -> {
                JsonArrayBuilder array = Json.createArrayBuilder();
                list.forEach(element -> array.add(value(element)));
                yield array.build();
            }
            case Map<?, ?> map -> {
                JsonObjectBuilder object = Json.createObjectBuilder();
                map.forEach((name, member) -> object.add(name.toString(), value(member)));
                yield object.build();
            }
            default -> Json.createValue(example.toString());
        };
    }
}
