package io.mainstay.api;

import io.mainstay.core.access.Access;
import io.mainstay.core.access.Answer;
import io.mainstay.core.access.Document;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Read;
import io.mainstay.core.access.Refusal;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.saga.SagaRefusals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Adds what the domains declare to the description of the API: paths, schemas, answers and problems. */
public class OpenApiDescription implements OASFilter {
    private static final List<String> COMMAND_INVALID = List.of(
            "MalformedJson",
            "FieldMissing",
            "FieldUnknown",
            "FieldInvalid",
            "IdempotencyKeyInvalid",
            "TenantInvalid",
            "RequestInvalid");
    private static final List<String> READ_INVALID = List.of("FieldInvalid", "TenantInvalid", "RequestInvalid");

    private final Domains domains;

    /** For the server. */
    public OpenApiDescription() {
        this(Domains.load(OpenApiDescription.class.getClassLoader()));
    }

    OpenApiDescription(Domains domains) {
        this.domains = domains;
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getPaths() == null) {
            api.setPaths(OASFactory.createPaths());
        }
        for (Domain<?, ?, ?> domain : domains.all()) {
            add(domain.access(), api);
        }
    }

    private static void add(Access<?, ?> access, OpenAPI api) {
        access.operations().forEach(operation -> {
            addOperation(operation.endpoint(), command(operation, api.getComponents()), api);
            operation
                    .batch()
                    .ifPresent(
                            batch -> addOperation(batch.endpoint(), batch(operation, batch, api.getComponents()), api));
        });
        access.reads().forEach(read -> addOperation(read.endpoint(), read(read, api.getComponents()), api));
    }

    private static void addOperation(Endpoint endpoint, Operation operation, OpenAPI api) {
        String path = CommandReplies.BASE + endpoint.path();
        PathItem item = api.getPaths().getPathItem(path);
        if (item == null) {
            item = OASFactory.createPathItem();
            api.getPaths().addPathItem(path, item);
        }
        item.setOperation(HttpMethod.valueOf(endpoint.method()), operation);
        boolean isKnown = api.getTags() != null
                && api.getTags().stream().anyMatch(tag -> tag.getName().equals(endpoint.tag()));
        if (!isKnown) {
            api.addTag(OASFactory.createTag().name(endpoint.tag()));
        }
    }

    private static Operation described(Endpoint endpoint) {
        Operation operation = OASFactory.createOperation()
                .addTag(endpoint.tag())
                .operationId(camelCase(endpoint.name()))
                .summary(endpoint.summary())
                .description(endpoint.description())
                .addParameter(parameter("Tenant"));
        for (Field<?> field : endpoint.fields().all()) {
            operation.addParameter(OASFactory.createParameter()
                    .name(field.name())
                    .in(Parameter.In.PATH)
                    .required(true)
                    .description(field.description())
                    .schema(OpenApiSchemas.of(field))
                    .example(OpenApiSchemas.example(field.example())));
        }
        return operation;
    }

    private static Operation command(io.mainstay.core.access.Operation<?> command, Components components) {
        Endpoint endpoint = command.endpoint();
        Operation operation = described(endpoint).addParameter(parameter("IdempotencyKey"));
        command.versioned()
                .ifPresent(aggregate -> operation
                        .addParameter(parameter("IfMatch"))
                        .description(endpoint.description() + " If-Match expects a version of " + aggregate + "."));
        String name = typeName(endpoint.name());
        components.addSchema(name, OpenApiSchemas.of(command.body()).description(endpoint.summary() + "."));
        operation.requestBody(OASFactory.createRequestBody()
                .required(command.body().all().stream().anyMatch(Field::isRequired))
                .content(OASFactory.createContent()
                        .addMediaType(
                                Reply.JSON,
                                media(name)
                                        .addExample(
                                                "all",
                                                value("Every field", OpenApiSchemas.example(command.body(), false)))
                                        .addExample(
                                                "smallest",
                                                value(
                                                        "What has to be there",
                                                        OpenApiSchemas.example(command.body(), true))))));
        APIResponses responses = OASFactory.createAPIResponses();
        command.answers().forEach(answer -> addAnswer(answer, components, responses));
        if (command.running().isPresent()) {
            operation.addParameter(parameter("Prefer"));
            responses.addAPIResponse("202", begun());
        }
        Map<Integer, List<String>> shared = new LinkedHashMap<>();
        shared.put(400, command.versioned().isPresent() ? with(COMMAND_INVALID, "IfMatchInvalid") : COMMAND_INVALID);
        shared.put(404, List.of("RouteUnknown"));
        if (command.versioned().isPresent()) {
            shared.put(412, List.of("VersionMismatch"));
        }
        shared.put(422, List.of("IdempotencyKeyReused"));
        addRefusals(
                command.running().isPresent()
                        ? Stream.concat(command.refusals().stream(), SagaRefusals.ALL.stream())
                                .toList()
                        : command.refusals(),
                shared,
                true,
                responses);
        return operation.responses(common(responses));
    }

    /** Several commands in one request. */
    private static Operation batch(
            io.mainstay.core.access.Operation<?> command,
            io.mainstay.core.access.Operation.Batch batch,
            Components components) {
        Operation operation = described(batch.endpoint()).addParameter(parameter("IdempotencyKey"));
        String name = typeName(batch.endpoint().name());
        Fields body = Fields.of(BatchHandler.LINKED, BatchHandler.parts(command, batch));
        components.addSchema(
                name, OpenApiSchemas.of(body).description(batch.endpoint().summary() + "."));
        operation.requestBody(OASFactory.createRequestBody()
                .required(true)
                .content(OASFactory.createContent()
                        .addMediaType(Reply.JSON, media(name).example(OpenApiSchemas.example(body, false)))));
        APIResponses responses = OASFactory.createAPIResponses();
        responses.addAPIResponse("200", results("Not linked: what became of each, in their order."));
        responses.addAPIResponse("201", results("Linked: all are done, in their order."));
        Map<Integer, List<String>> shared = new LinkedHashMap<>();
        shared.put(400, COMMAND_INVALID);
        shared.put(404, List.of("RouteUnknown"));
        shared.put(422, List.of("IdempotencyKeyReused", "CrossShardUnsupported"));
        addRefusals(command.refusals(), shared, true, responses);
        return operation.responses(common(responses));
    }

    private static APIResponse results(String description) {
        return OASFactory.createAPIResponse()
                .description(description)
                .addHeader("Idempotency-Hit", OASFactory.createHeader().ref("IdempotencyHit"))
                .content(OASFactory.createContent().addMediaType(Reply.JSON, media("BatchResults")));
    }

    private static APIResponses common(APIResponses responses) {
        return responses
                .addAPIResponse("406", response("NotAcceptable"))
                .addAPIResponse("413", response("BodyTooLarge"))
                .addAPIResponse("415", response("MediaTypeUnsupported"))
                .addAPIResponse("429", response("Overloaded"))
                .addAPIResponse("500", response("InternalError"))
                .addAPIResponse("503", response("CommandUnavailable"))
                .addAPIResponse("504", response("CommandTimeout"));
    }

    private static Operation read(Read<?> read, Components components) {
        Operation operation = described(read.endpoint()).addParameter(parameter("After"));
        if (!isOfMemory(read)) {
            operation.addParameter(parameter("Wait"));
        }
        APIResponses responses = OASFactory.createAPIResponses();
        List<Refusal> refusals = new ArrayList<>();
        switch (read) {
            case Read.Memory<?, ?> memory -> {
                refusals.add(memory.unknown().refusal());
                operation.addParameter(parameter("At")).addParameter(parameter("AsOf"));
                responses.addAPIResponse("200", one(memory.document(), components));
            }
            case Read.Anywhere<?, ?> anywhere -> {
                refusals.add(anywhere.unknown().refusal());
                responses.addAPIResponse("200", one(anywhere.document(), components));
            }
            case Read.Changes<?> changes -> {
                refusals.add(changes.unknown().refusal());
                operation.addParameter(parameter("From")).addParameter(parameter("Limit"));
                responses.addAPIResponse(
                        "200",
                        OASFactory.createAPIResponse()
                                .description("Changes, oldest first; `next` is the offset to go on from.")
                                .content(OASFactory.createContent().addMediaType(Reply.JSON, media("Changes"))));
            }
            case Read.Everywhere<?, ?> everywhere -> {
                Schema list = OpenApiSchemas.list(everywhere.list(), everywhere.document());
                responses.addAPIResponse(
                        "200",
                        many(everywhere.name(), list, everywhere.document(), everywhere.list(), components, Map.of()));
            }
            case Read.Lookup<?> lookup -> {
                refusals.add(lookup.unknown().refusal());
                responses.addAPIResponse("200", projected(one(lookup.document(), components)));
            }
            case Read.Listing<?> listing -> {
                refusals.add(listing.unknown().refusal());
                operation.addParameter(parameter("Limit")).addParameter(parameter("Cursor"));
                responses.addAPIResponse("200", page(listing, components));
            }
            case Read.Timeline<?> timeline -> {
                timeline.guard().ifPresent(guard -> refusals.add(guard.unknown().refusal()));
                addRange(operation);
                responses.addAPIResponse("200", page(timeline, components));
            }
            case Read.Statement<?> statement -> {
                refusals.add(statement.entries().unknown().refusal());
                addRange(operation);
                responses.addAPIResponse("200", page(statement, components));
            }
        }
        addRefusals(refusals, Map.of(400, READ_INVALID, 404, List.of("RouteUnknown")), false, responses);
        responses
                .addAPIResponse("406", response("NotAcceptable"))
                .addAPIResponse("500", response("InternalError"))
                .addAPIResponse("503", response(isOfMemory(read) ? "ShardUnavailable" : "ReadUnavailable"));
        return operation.responses(responses);
    }

    private static void addRange(Operation operation) {
        Stream.of("FromTime", "ToTime", "Limit", "Cursor").forEach(name -> operation.addParameter(parameter(name)));
    }

    private static boolean isOfMemory(Read<?> read) {
        return switch (read) {
            case Read.Memory<?, ?> m -> true;
            case Read.Anywhere<?, ?> a -> true;
            case Read.Changes<?> c -> true;
            case Read.Everywhere<?, ?> e -> true;
            case Read.Lookup<?> l -> false;
            case Read.Listing<?> l -> false;
            case Read.Timeline<?> t -> false;
            case Read.Statement<?> s -> false;
        };
    }

    private static void addAnswer(Answer<?> answer, Components components, APIResponses responses) {
        APIResponse response = one(answer.document(), components)
                .description(answer.sentence())
                .addHeader("Idempotency-Hit", OASFactory.createHeader().ref("IdempotencyHit"));
        if (answer.location().isPresent()) {
            response.addHeader("Location", OASFactory.createHeader().ref("Location"));
        }
        responses.addAPIResponse(Integer.toString(answer.status()), response);
    }

    private static APIResponse begun() {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("id", "9d2c1b0a-8f7e-4d6c-8b5a-493827160504");
        example.put("status", "in-flight");
        example.put("shard", 2);
        example.put("offset", 57);
        example.put("begunAt", "2026-01-02T03:04:05.123456Z");
        return OASFactory.createAPIResponse()
                .description("It is durable and under way on several shards; Location tells where to ask for it.")
                .addHeader("Location", OASFactory.createHeader().ref("Location"))
                .addHeader("Idempotency-Hit", OASFactory.createHeader().ref("IdempotencyHit"))
                .content(OASFactory.createContent()
                        .addMediaType(Reply.JSON, media("Begun").example(OpenApiSchemas.example(example))));
    }

    private static APIResponse one(Document<?> document, Components components) {
        OpenApiSchemas.add(document, components);
        return OASFactory.createAPIResponse()
                .description(document.description())
                .content(OASFactory.createContent()
                        .addMediaType(Reply.JSON, media(document.name()).example(OpenApiSchemas.example(document))));
    }

    private static APIResponse page(Read.Listing<?> listing, Components components) {
        Schema list = paged(OpenApiSchemas.list(listing.list(), listing.document()))
                .addProperty("projection", OASFactory.createSchema().ref("Projection"))
                .addRequired("projection");
        return projected(
                many(listing.name(), list, listing.document(), listing.list(), components, behind("djE6Mg", true)));
    }

    private static APIResponse page(Read.Timeline<?> timeline, Components components) {
        Schema list = paged(OpenApiSchemas.list(timeline.list(), timeline.document()));
        return projected(many(
                timeline.name(),
                list,
                timeline.document(),
                timeline.list(),
                components,
                behind("dDE6MTc2NzMyMzA0NTEyMzQ1Njo5ZDJjMWIwYS04ZjdlLTRkNmMtOGI1YS00OTM4MjcxNjA1MDQ", false)));
    }

    private static APIResponse page(Read.Statement<?> statement, Components components) {
        Read.Listing<?> entries = statement.entries();
        String opening = "opening" + statement.balanceName();
        String closing = "closing" + statement.balanceName();
        Schema list = paged(OpenApiSchemas.list(entries.list(), entries.document()))
                .addProperty("projection", OASFactory.createSchema().ref("Projection"))
                .addRequired("projection");
        for (String time : List.of("from", "to")) {
            list.addProperty(time, OASFactory.createSchema().ref("Time")).addRequired(time);
        }
        for (String balance : List.of(opening, closing)) {
            list.addProperty(
                            balance,
                            OASFactory.createSchema()
                                    .addType(Schema.SchemaType.INTEGER)
                                    .format("int64"))
                    .addRequired(balance);
        }
        Map<String, Object> behind = behind("czE6Mjoz", true);
        behind.put("from", "2026-01-01T00:00:00Z");
        behind.put("to", "2026-02-01T00:00:00Z");
        behind.put(opening, 0);
        behind.put(closing, -1250);
        return projected(many(statement.name(), list, entries.document(), entries.list(), components, behind));
    }

    private static Schema paged(Schema list) {
        return list.addProperty("next", OpenApiSchemas.cursor()).addRequired("next");
    }

    private static Map<String, Object> behind(String next, boolean ofOneShard) {
        Map<String, Object> behind = new LinkedHashMap<>();
        behind.put("next", next);
        if (ofOneShard) {
            behind.put("projection", OpenApiSchemas.example(Map.of("shard", 2, "offset", 57)));
        }
        return behind;
    }

    private static APIResponse projected(APIResponse response) {
        return response.addHeader(Projected.HEADER, OASFactory.createHeader().ref("Projected"))
                .addHeader(Projected.LAG_HEADER, OASFactory.createHeader().ref("ProjectionLag"));
    }

    private static APIResponse many(
            String name,
            Schema list,
            Document<?> document,
            String member,
            Components components,
            Map<String, Object> behind) {
        OpenApiSchemas.add(document, components);
        components.addSchema(name, list);
        Map<String, Object> example = new LinkedHashMap<>();
        example.put(member, List.of(OpenApiSchemas.example(document)));
        example.putAll(behind);
        APIResponse response = OASFactory.createAPIResponse()
                .description("A page: " + document.description())
                .content(OASFactory.createContent()
                        .addMediaType(Reply.JSON, media(name).example(example)));
        return behind.containsKey("next")
                ? response.addHeader(Links.HEADER, OASFactory.createHeader().ref("Link"))
                : response;
    }

    /** One response a status: problems that all endpoints share, by the names of their examples, and the domain's own. */
    private static void addRefusals(
            List<Refusal> refusals, Map<Integer, List<String>> shared, boolean repeatable, APIResponses responses) {
        Stream.concat(shared.keySet().stream(), refusals.stream().map(Refusal::status))
                .distinct()
                .sorted()
                .forEach(status -> {
                    List<Refusal> own = refusals.stream()
                            .filter(refusal -> refusal.status() == status)
                            .toList();
                    MediaType media = media("Problem");
                    own.forEach(refusal ->
                            media.addExample(refusal.code(), value(refusal.sentence(), problem(refusal, repeatable))));
                    for (String example : shared.getOrDefault(status, List.of())) {
                        media.addExample(
                                hyphens(example), OASFactory.createExample().ref(example));
                    }
                    APIResponse response = OASFactory.createAPIResponse()
                            .description(description(own, status))
                            .content(OASFactory.createContent().addMediaType(Reply.PROBLEM_JSON, media));
                    if (repeatable && status != 400) {
                        response.addHeader(
                                "Idempotency-Hit", OASFactory.createHeader().ref("IdempotencyHit"));
                    }
                    responses.addAPIResponse(Integer.toString(status), response);
                });
    }

    private static String description(List<Refusal> own, int status) {
        String sentences = own.stream().map(Refusal::sentence).collect(Collectors.joining(" "));
        return switch (status) {
            case 400 -> "The request cannot be right; `errors` points to what is wrong.";
            case 404 -> sentences.isEmpty() ? "Nothing is at this path." : sentences;
            case 412 -> "What is changed is at another version than `If-Match` expects. Nothing was done.";
            case 422 -> "A rule forbids it; nothing has changed.";
            default -> sentences;
        };
    }

    private static Object problem(Refusal refusal, boolean decided) {
        ProblemType type = ProblemType.of(refusal);
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "urn:mainstay:problem:" + type.code());
        problem.put("title", type.title());
        problem.put("status", type.status());
        problem.put("detail", refusal.example());
        if (decided) {
            problem.put("shard", 2);
            problem.put("offset", 61);
            problem.put("version", 2);
        }
        if (!refusal.pointer().isEmpty()) {
            problem.put("errors", List.of(Map.of("pointer", refusal.pointer(), "detail", refusal.example())));
        }
        return OpenApiSchemas.example(problem);
    }

    private static Parameter parameter(String name) {
        return OASFactory.createParameter().ref(name);
    }

    private static APIResponse response(String name) {
        return OASFactory.createAPIResponse().ref(name);
    }

    private static MediaType media(String schema) {
        return OASFactory.createMediaType().schema(OASFactory.createSchema().ref(schema));
    }

    private static Example value(String summary, Object value) {
        return OASFactory.createExample().summary(summary).value(value);
    }

    private static List<String> with(List<String> names, String further) {
        List<String> more = new ArrayList<>(names);
        more.add(further);
        return more;
    }

    /** {@code post-transfer} is {@code PostTransfer}. */
    private static String typeName(String name) {
        return Stream.of(name.split("-", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** {@code post-transfer} is {@code postTransfer}. */
    private static String camelCase(String name) {
        String type = typeName(name);
        return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    }

    /** {@code FieldMissing} is {@code field-missing}. */
    private static String hyphens(String name) {
        return name.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
